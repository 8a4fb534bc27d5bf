package io.hyperfleet.policy;

import java.util.Set;

/** Finds policy violations of a container. */
final class ContainerPolicy {

  private static final String[] PROBES = {"livenessProbe", "readinessProbe", "startupProbe"};
  private static final String[] HOOKS = {"postStart", "preStop"};
  private static final String[] REQUESTS = {"httpGet", "tcpSocket"};
  /** Keys that identify a map with an image as a container. */
  private static final Set<String> SIGNS = Set.of("securityContext", "env", "envFrom", "ports", "lifecycle",
      "livenessProbe",
      "readinessProbe", "startupProbe", "command", "args", "volumeMounts");

  private final Findings findings;
  private final SecurityContextPolicy contexts;

  ContainerPolicy(Findings findings) {
    this.findings = findings;
    this.contexts = new SecurityContextPolicy(findings);
  }

  /** Whether a map of any kind looks like a container. */
  static boolean looksLikeOne(ManifestNode node) {
    return !node.get("image").isAbsent() && node.hasKeyOf(SIGNS);
  }

  void check(ManifestNode container) {
    for (ManifestNode variable : findings.maps(container.get("env"))) {
      var reference = findings.map(variable.get("valueFrom")).get("secretKeyRef");
      if (!reference.isAbsent()) {
        findings.secret(findings.map(reference).get("name"));
      }
    }
    for (ManifestNode source : findings.maps(container.get("envFrom"))) {
      if (!source.get("secretRef").isAbsent()) {
        findings.secret(findings.map(source.get("secretRef")).get("name"));
      }
    }
    for (ManifestNode port : findings.maps(container.get("ports"))) {
      findings.only(port.get("hostPort"), Permission.HOST_PORTS, 0);
    }
    for (String probe : PROBES) {
      requests(findings.map(container.get(probe)));
    }
    for (String hook : HOOKS) {
      requests(findings.map(findings.map(container.get("lifecycle")).get(hook)));
    }
    contexts.check(container.get("securityContext"));
  }

  private void requests(ManifestNode handler) {
    for (String request : REQUESTS) {
      findings.only(findings.map(handler.get(request)).get("host"), Permission.PROBE_HOSTS, "");
    }
  }
}
