package io.hyperfleet.policy;

import java.util.Set;

/** Finds policy violations of a pod's specification. */
final class PodPolicy {

  private static final String[] HOST = {"hostNetwork", "hostPID", "hostIPC"};
  private static final String[] CONTAINERS = {"initContainers", "containers", "ephemeralContainers"};
  /** Any of these marks a map of any kind as a pod's specification, or a part of one. */
  private static final Set<String> SIGNS = Set.of("containers", "initContainers", "ephemeralContainers", "hostNetwork",
      "hostPID", "hostIPC", "volumes", "imagePullSecrets", "serviceAccountName", "priorityClassName",
      "securityContext");
  private static final String CONTROL_PLANE = "node-role.kubernetes.io/";
  /** Kubernetes reads these no longer, or runtimes of old nodes do; a value is a profile's name. */
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final Set<String> SECCOMP = Set.of("seccomp.security.alpha.kubernetes.io/",
      "container.seccomp.security.alpha.kubernetes.io/");

  private final Findings findings;
  private final ContainerPolicy containers;
  private final SecurityContextPolicy contexts;
  private final VolumePolicy volumes;

  PodPolicy(Findings findings) {
    this.findings = findings;
    this.containers = new ContainerPolicy(findings);
    this.contexts = new SecurityContextPolicy(findings);
    this.volumes = new VolumePolicy(findings);
  }

  /** Whether a map of any kind looks like a pod's specification. */
  static boolean looksLikeOne(ManifestNode node) {
    return node.hasKeyOf(SIGNS);
  }

  /** Checks a specification. */
  void check(ManifestNode pod) {
    for (String key : HOST) {
      findings.only(pod.get(key), Permission.HOST_NETWORK, false);
    }
    for (String key : new String[]{"serviceAccountName", "serviceAccount"}) {
      findings.serviceAccount(pod.get(key));
    }
    for (ManifestNode secret : findings.maps(pod.get("imagePullSecrets"))) {
      findings.secret(secret.get("name"));
    }
    findings.only(pod.get("nodeName"), Permission.NODE_PLACEMENT, "");
    priority(pod.get("priorityClassName"));
    findings.maps(pod.get("tolerations")).forEach(this::toleration);
    findings.maps(pod.get("volumes")).forEach(volumes::check);
    contexts.check(pod.get("securityContext"));
    boolean hasContainers = false;
    for (String key : CONTAINERS) {
      for (ManifestNode container : findings.maps(pod.get(key))) {
        hasContainers = true;
        containers.check(container);
        contexts.restricted(container, pod, windows(pod));
      }
    }
    if (findings.exact() || hasContainers) {
      contexts.restricted(pod);
    }
  }

  private static boolean windows(ManifestNode pod) {
    var os = pod.in("os", "name");
    return os.isUnknown() || os.is("windows");
  }

  private void priority(ManifestNode name) {
    if (!name.isAbsent() && !name.isUnknown() && (!(name.value() instanceof String) || name.startsWith("system-"))) {
      findings.permit(name, Permission.SYSTEM_PRIORITY, "use a class that does not begin with system-");
    }
  }

  private void toleration(ManifestNode toleration) {
    var key = toleration.get("key");
    if (key.isAbsent() || key.is("") || key.startsWith(CONTROL_PLANE)) {
      findings.permit(key, Permission.NODE_PLACEMENT, "use a taint other than " + CONTROL_PLANE + "...");
    }
  }

  /** Checks annotations, which chose profiles before there were fields for it. */
  void annotations(ManifestNode annotations) {
    for (ManifestNode annotation : annotations.values()) {
      boolean appArmor = annotation.key().startsWith(APP_ARMOR);
      if ((appArmor || SECCOMP.stream().anyMatch(annotation.key()::startsWith))
          && !annotation.mayBe("runtime/default", appArmor ? "" : "docker/default")
          && !annotation.startsWith("localhost/")) {
        findings.permit(annotation, Permission.SECURITY_OPTIONS, "allowed without it: runtime/default, localhost/...");
      }
    }
  }
}
