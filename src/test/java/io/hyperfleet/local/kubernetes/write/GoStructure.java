package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.util.List;
import java.util.Locale;

/** A pod template as the real server prints it in errors: its own structure with every field, set or not. */
final class GoStructure {

  private static final List<String> POD = List.of("Volumes", "InitContainers", "Containers", "EphemeralContainers",
      "RestartPolicy",
      "TerminationGracePeriodSeconds", "ActiveDeadlineSeconds", "DNSPolicy", "NodeSelector", "ServiceAccountName",
      "AutomountServiceAccountToken", "NodeName", "SecurityContext", "ImagePullSecrets", "Hostname", "Subdomain",
      "SetHostnameAsFQDN",
      "Affinity", "SchedulerName", "Tolerations", "HostAliases", "PriorityClassName", "Priority", "PreemptionPolicy",
      "DNSConfig",
      "ReadinessGates", "RuntimeClassName", "Overhead", "EnableServiceLinks", "TopologySpreadConstraints", "OS",
      "SchedulingGates",
      "ResourceClaims", "Resources", "HostnameOverride", "SchedulingGroup");
  private static final List<String> CONTAINER = List.of("Name", "Image", "Command", "Args", "WorkingDir", "Ports",
      "EnvFrom", "Env",
      "Resources", "ResizePolicy", "RestartPolicy", "RestartPolicyRules", "VolumeMounts", "VolumeDevices",
      "LivenessProbe",
      "ReadinessProbe", "StartupProbe", "Lifecycle", "TerminationMessagePath", "TerminationMessagePolicy",
      "ImagePullPolicy",
      "SecurityContext", "Stdin", "StdinOnce", "TTY");
  private static final List<String> SECURITY = List.of("HostNetwork", "HostPID", "HostIPC", "ShareProcessNamespace",
      "HostUsers",
      "SELinuxOptions", "WindowsOptions", "RunAsUser", "RunAsGroup", "RunAsNonRoot", "SupplementalGroups",
      "SupplementalGroupsPolicy",
      "FSGroup", "FSGroupChangePolicy", "Sysctls", "SeccompProfile", "AppArmorProfile", "SELinuxChangePolicy");

  private GoStructure() {
  }

  static String podTemplate(JsonNode template) {
    var result = Json.object();
    if (template.path("metadata").has("labels")) {
      result.set("labels", template.path("metadata").path("labels"));
    }
    var spec = template.path("spec");
    var pod = fields(POD, spec);
    for (var list : List.of("InitContainers", "Containers")) {
      if (pod.path(list).isArray()) {
        var containers = pod.putArray(list);
        find(spec, list).forEach(container -> containers.add(fields(CONTAINER, container)));
      }
    }
    pod.set("SecurityContext", fields(SECURITY, spec.path("securityContext")));
    result.set("Spec", pod);
    return Json.write(result);
  }

  private static ObjectNode fields(List<String> names, JsonNode object) {
    var result = Json.object();
    names.forEach(name -> result.set(name, find(object, name)));
    return result;
  }

  private static JsonNode find(JsonNode object, String name) {
    return Json.fields(object).stream()
        .filter(field -> field.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst().map(object::get).orElse(Json.MAPPER.nullNode());
  }
}
