package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what in a pod's specification is not allowed. */
final class PodPolicy {

  /** Volumes that reach nothing but what the pod or its namespace has. */
  private static final Set<String> VOLUMES =
      Set.of("name", "configMap", "emptyDir", "downwardAPI", "projected", "persistentVolumeClaim", "ephemeral");
  private static final Set<String> PROJECTED = Set.of("configMap", "downwardAPI");
  /** Settings that cannot widen what a container may do, whatever their value. */
  private static final Set<String> HARMLESS = Set.of("runAsUser", "runAsGroup", "runAsNonRoot", "fsGroup",
      "fsGroupChangePolicy", "supplementalGroups", "readOnlyRootFilesystem");
  /** What every container has, which a manifest may name again (the baseline of the pod security standards). */
  private static final Set<String> CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID",
      "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");

  private final AllowList allowed;
  private final List<String> found;

  PodPolicy(AllowList allowed, List<String> found) {
    this.allowed = allowed;
    this.found = found;
  }

  void check(String path, Map<?, ?> pod) {
    for (String key : List.of("hostNetwork", "hostPID", "hostIPC")) {
      refuseUnlessFalse(path + "." + key, pod.get(key), Permission.HOST_NETWORK);
    }
    for (String key : List.of("serviceAccountName", "serviceAccount")) {
      var account = pod.get(key);
      if (account != null && !"default".equals(account) && !allowed.serviceAccounts().contains(account)) {
        refuse(path + "." + key + ": the service account " + account + " is not among "
            + ManifestPolicy.words(allowed.serviceAccounts()), "service-accounts");
      }
    }
    for (Object item : list(pod.get("imagePullSecrets"))) {
      secret(path + ".imagePullSecrets", map(item).get("name"));
    }
    for (Object item : list(pod.get("volumes"))) {
      volume(path + ".volumes[" + map(item).get("name") + "]", map(item));
    }
    security(path + ".securityContext", map(pod.get("securityContext")));
    for (String key : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (Object item : list(pod.get(key))) {
        container(path + "." + key + "[" + map(item).get("name") + "]", map(item));
      }
    }
  }

  private void volume(String path, Map<?, ?> volume) {
    for (Object key : volume.keySet()) {
      if (key.equals("hostPath")) {
        permit(path + ".hostPath", Permission.HOST_PATH);
      } else if (key.equals("secret")) {
        secret(path + ".secret", map(volume.get(key)).get("secretName"));
      } else if (!VOLUMES.contains(key)) {
        permit(path + "." + key, Permission.SECURITY_OPTIONS);
      }
    }
    for (Object source : list(map(volume.get("projected")).get("sources"))) {
      for (var entry : map(source).entrySet()) {
        if (entry.getKey().equals("secret")) {
          secret(path + ".projected", map(entry.getValue()).get("name"));
        } else if (!PROJECTED.contains(entry.getKey())) {
          permit(path + ".projected." + entry.getKey(), Permission.SECURITY_OPTIONS);
        }
      }
    }
  }

  private void container(String path, Map<?, ?> container) {
    for (Object variable : list(container.get("env"))) {
      if (map(map(variable).get("valueFrom")).get("secretKeyRef") instanceof Map<?, ?> reference) {
        secret(path + ".env[" + map(variable).get("name") + "]", reference.get("name"));
      }
    }
    for (Object source : list(container.get("envFrom"))) {
      if (map(source).get("secretRef") instanceof Map<?, ?> reference) {
        secret(path + ".envFrom", reference.get("name"));
      }
    }
    for (Object port : list(container.get("ports"))) {
      if (map(port).get("hostPort") instanceof Number number && number.longValue() != 0) {
        permit(path + ".ports.hostPort", Permission.HOST_PORTS);
      }
    }
    security(path + ".securityContext", map(container.get("securityContext")));
  }

  private void security(String path, Map<?, ?> context) {
    context.forEach((key, value) -> {
      var at = path + "." + key;
      switch (String.valueOf(key)) {
        case "privileged", "allowPrivilegeEscalation" -> refuseUnlessFalse(at, value, Permission.PRIVILEGED);
        case "capabilities" -> capabilities(at, map(value));
        case "seccompProfile", "appArmorProfile" -> {
          if (!Set.of("RuntimeDefault", "Localhost").contains(String.valueOf(map(value).get("type")))) {
            permit(at, Permission.SECURITY_OPTIONS);
          }
        }
        default -> {
          if (!HARMLESS.contains(key)) {
            permit(at, Permission.SECURITY_OPTIONS);
          }
        }
      }
    });
  }

  private void capabilities(String path, Map<?, ?> capabilities) {
    for (Object capability : list(capabilities.get("add"))) {
      if (!CAPABILITIES.contains(capability)) {
        permit(path + ".add: " + capability, Permission.CAPABILITIES);
      }
    }
  }

  private void secret(String path, Object name) {
    if (!allowed.secrets().contains(String.valueOf(name))) {
      refuse(path + ": the secret " + name + " is not among " + ManifestPolicy.words(allowed.secrets()), "secrets");
    }
  }

  private void refuseUnlessFalse(String path, Object value, Permission permission) {
    if (value != null && !Boolean.FALSE.equals(value)) {
      permit(path, permission);
    }
  }

  private void permit(String path, Permission permission) {
    if (!allowed.permissions().contains(permission)) {
      refuse(path + " needs the permission " + permission.word(), "permissions");
    }
  }

  private void refuse(String what, String key) {
    found.add(what + " (" + ManifestPolicy.KEY + key + ")");
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
