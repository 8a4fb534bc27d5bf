package io.hyperfleet.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hyperfleet.hostile.RequestTap.Request;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A second opinion on what adapters send to Kubernetes, which shares no code with the policy: it walks the whole tree,
 * wherever a field stands and however it is spelled.
 */
final class ObjectRules {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> KINDS = Set.of("batch/v1 Job", "batch/v1 CronJob", "apps/v1 Deployment",
      "apps/v1 StatefulSet", "v1 ConfigMap",
      "v1 Service", "v1 PersistentVolumeClaim", "dns.hyperfleet.io/v1 DnsRecord", "coordination.k8s.io/v1 Lease");
  private static final Set<String> CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID",
      "KILL", "MKNOD",
      "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");
  /** Free text: nobody obeys what stands there. */
  private static final Set<String> FREE = Set.of("annotations", "labels", "matchlabels", "data", "binarydata", "env",
      "args", "command");
  private static final Set<String> VOLUMES = Set.of("name", "configmap", "emptydir", "downwardapi", "projected",
      "persistentvolumeclaim", "ephemeral");

  private ObjectRules() {}

  /** What is not allowed in the object that a request sends. */
  static List<String> violations(Request request) {
    if (request.body().length == 0 || !List.of("POST", "PUT", "PATCH").contains(request.method())
        || request.path().startsWith("/apis/authorization.k8s.io/")) {
      return List.of();
    }
    try {
      return violations(YAML.readTree(request.body()), request.method().equals("PATCH"));
    } catch (IOException e) {
      return List.of("a body that is no object: " + e.getMessage());
    }
  }

  /** What is not allowed in an object; a part of one names no kind. */
  static List<String> violations(JsonNode object, boolean part) {
    var found = new ArrayList<String>();
    var kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    if (!KINDS.contains(kind) && !(part && kind.equals(" "))) {
      found.add("the kind " + kind);
    }
    var namespace = object.at("/metadata/namespace");
    if (!namespace.isMissingNode() && !namespace.asText().equals(LocalKubernetes.NAMESPACE)) {
      found.add("the namespace " + namespace);
    }
    if (kind.endsWith(" Service")) {
      service(object.path("spec"), found);
    } else if (!kind.endsWith(" DnsRecord") && !kind.endsWith(" ConfigMap")) {
      walk("spec", object.path("spec"), found);
    }
    return found;
  }

  private static void service(JsonNode spec, List<String> found) {
    if (!Set.of("", "ClusterIP", "NodePort").contains(spec.path("type").asText())) {
      found.add("a Service of type " + spec.path("type"));
    }
    for (String field : List.of("externalIPs", "loadBalancerIP", "loadBalancerClass", "externalName")) {
      if (spec.hasNonNull(field) && !spec.path(field).isEmpty() || !spec.path(field).asText().isEmpty()) {
        found.add("a Service with " + field + " " + spec.path(field));
      }
    }
  }

  private static void walk(String path, JsonNode node, List<String> found) {
    node.properties().forEach(field -> {
      var key = field.getKey().toLowerCase(Locale.ROOT);
      var at = path + "." + field.getKey();
      if (isForbidden(key, field.getValue(), path)) {
        found.add(at + " = " + field.getValue());
      }
      if (key.equals("env")) {
        field.getValue().forEach(variable -> secrets(at, variable, found));
      } else if (!FREE.contains(key)) {
        walk(at, field.getValue(), found);
      }
    });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(path + "[" + i + "]", node.get(i), found);
    }
  }

  private static void secrets(String path, JsonNode variable, List<String> found) {
    variable.path("valueFrom").fieldNames().forEachRemaining(key -> {
      if (key.equalsIgnoreCase("secretKeyRef")) {
        found.add(path + " reads a Secret: " + variable);
      }
    });
  }

  private static boolean isForbidden(String key, JsonNode value, String path) {
    return switch (key) {
      case "hostnetwork", "hostpid", "hostipc", "privileged", "hostprocess" -> !isOff(value);
      case "hostport" -> !isOff(value);
      case "hostpath", "nodename", "selinuxoptions", "sysctls", "secretref", "secretkeyref", "imagepullsecrets",
          "flexvolume",
          "csi", "nfs", "iscsi", "windowsoptions" ->
        !value.isNull() && !value.isEmpty() || value.isValueNode() && !value.asText("").isEmpty() && !isOff(value);
      case "secret" -> path.contains("volumes");
      case "host" -> path.matches("(?i).*\\.(httpGet|tcpSocket)");
      case "serviceaccount", "serviceaccountname" -> !Set.of("", "default", "null").contains(value.asText());
      case "priorityclassname" -> value.asText().startsWith("system-");
      case "procmount" -> !value.asText("Default").equals("Default");
      case "seccompprofile", "apparmorprofile" -> value.path("type").asText().equals("Unconfined");
      case "add" -> path.toLowerCase(Locale.ROOT).endsWith("capabilities") && isBeyond(value);
      case "volumes" -> value.isArray() && hasUnknownVolume(value);
      default -> false;
    };
  }

  private static boolean isOff(JsonNode value) {
    return value.isNull() || value.asText().equals("false") || value.asText().equals("0");
  }

  private static boolean isBeyond(JsonNode added) {
    for (JsonNode capability : added) {
      if (!CAPABILITIES.contains(capability.asText())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasUnknownVolume(JsonNode volumes) {
    for (JsonNode volume : volumes) {
      for (var names = volume.fieldNames(); names.hasNext();) {
        if (!VOLUMES.contains(names.next().toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }
}
