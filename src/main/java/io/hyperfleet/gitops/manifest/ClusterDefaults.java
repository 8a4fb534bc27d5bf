package io.hyperfleet.gitops.manifest;

import java.util.List;
import java.util.Map;

/**
 * Removes the API server's defaults from workloads and Services (docs/decisions/0059). Only values that equal the
 * default are removed, so that applying the rest gives the same object.
 */
final class ClusterDefaults {

  private static final Map<String, Object> JOB = Map.of("backoffLimit", 6, "completionMode", "NonIndexed", "suspend",
      false,
      "manualSelector", false, "podReplacementPolicy", "TerminatingOrFailed");
  private static final Map<String, Object> CRON_JOB = Map.of("concurrencyPolicy", "Allow", "suspend", false,
      "successfulJobsHistoryLimit", 3,
      "failedJobsHistoryLimit", 1);
  private static final Map<String, Object> DEPLOYMENT = Map.of("replicas", 1, "revisionHistoryLimit", 10,
      "progressDeadlineSeconds", 600,
      "strategy", Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxSurge", "25%", "maxUnavailable", "25%")));
  private static final Map<String, Object> STATEFUL_SET = Map.of("replicas", 1, "revisionHistoryLimit", 10,
      "podManagementPolicy",
      "OrderedReady", "updateStrategy", Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("partition", 0)),
      "persistentVolumeClaimRetentionPolicy", Map.of("whenDeleted", "Retain", "whenScaled", "Retain"));
  private static final Map<String, Object> DAEMON_SET = Map.of("revisionHistoryLimit", 10, "updateStrategy",
      Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxSurge", 0, "maxUnavailable", 1)));
  private static final Map<String, Object> SERVICE = Map.of("type", "ClusterIP", "sessionAffinity", "None",
      "externalTrafficPolicy",
      "Cluster", "allocateLoadBalancerNodePorts", true);
  private static final Map<String, Object> POD = Map.of("dnsPolicy", "ClusterFirst", "restartPolicy", "Always",
      "schedulerName",
      "default-scheduler", "terminationGracePeriodSeconds", 30, "securityContext", Map.of(), "enableServiceLinks",
      true);
  private static final Map<String, Object> CONTAINER = Map.of("terminationMessagePath", "/dev/termination-log",
      "terminationMessagePolicy",
      "File", "resources", Map.of());
  private static final Map<String, Object> PROBE = Map.of("timeoutSeconds", 1, "periodSeconds", 10, "successThreshold",
      1, "failureThreshold", 3);
  private static final Map<String, Object> PROTOCOL = Map.of("protocol", "TCP");
  private static final Map<String, Object> MODE = Map.of("defaultMode", 420);

  private ClusterDefaults() {}

  /** Removes them from a sanitized object with mutable maps. */
  static void strip(Map<String, Object> object) {
    var spec = Sanitizer.map(object.get("spec"));
    switch (object.get("apiVersion") + " " + object.get("kind")) {
      case "batch/v1 Job" -> job(spec);
      case "batch/v1 CronJob" -> {
        remove(spec, CRON_JOB);
        template(Sanitizer.map(Sanitizer.map(spec.get("jobTemplate")).get("spec")));
      }
      case "apps/v1 Deployment" -> workload(spec, DEPLOYMENT);
      case "apps/v1 StatefulSet" -> workload(spec, STATEFUL_SET);
      case "apps/v1 DaemonSet" -> workload(spec, DAEMON_SET);
      case "v1 Pod" -> pod(spec);
      case "v1 Service" -> service(spec);
      default -> {
      }
    }
  }

  private static void job(Map<String, Object> spec) {
    // These change the defaults of others.
    boolean usual = !spec.containsKey("podFailurePolicy") && !spec.containsKey("backoffLimitPerIndex");
    if (usual) {
      remove(spec, JOB);
    }
    // A Job without both runs one pod; without completions, parallelism means a queue.
    if (spec.containsKey("completions") && isDefault(spec.get("parallelism"), 1)) {
      spec.remove("parallelism");
      if (isDefault(spec.get("completions"), 1)) {
        spec.remove("completions");
      }
    }
    template(spec);
  }

  private static void workload(Map<String, Object> spec, Map<String, Object> defaults) {
    remove(spec, defaults);
    template(spec);
  }

  private static void template(Map<String, Object> spec) {
    var template = Sanitizer.map(spec.get("template"));
    var metadata = Sanitizer.map(template.get("metadata"));
    if (metadata.containsKey("creationTimestamp") && metadata.get("creationTimestamp") == null) {
      metadata.remove("creationTimestamp");
    }
    if (metadata.isEmpty()) {
      template.remove("metadata");
    }
    pod(Sanitizer.map(template.get("spec")));
  }

  private static void service(Map<String, Object> spec) {
    remove(spec, SERVICE);
    for (var port : maps(spec.get("ports"))) {
      remove(port, PROTOCOL);
      if (port.containsKey("port") && isDefault(port.get("targetPort"), port.get("port"))) {
        port.remove("targetPort");
      }
    }
  }

  private static void pod(Map<String, Object> spec) {
    remove(spec, POD);
    if (spec.containsKey("serviceAccountName")
        && isDefault(spec.get("serviceAccount"), spec.get("serviceAccountName"))) {
      spec.remove("serviceAccount");
    }
    for (var list : List.of("containers", "initContainers")) {
      maps(spec.get(list)).forEach(ClusterDefaults::container);
    }
    for (var volume : maps(spec.get("volumes"))) {
      List.of("configMap", "secret", "projected", "downwardAPI")
          .forEach(kind -> remove(Sanitizer.map(volume.get(kind)), MODE));
      remove(Sanitizer.map(volume.get("hostPath")), Map.of("type", ""));
    }
  }

  private static void container(Map<String, Object> container) {
    remove(container, CONTAINER);
    remove(container, Map.of("imagePullPolicy", pullPolicy(String.valueOf(container.get("image")))));
    maps(container.get("ports")).forEach(port -> remove(port, PROTOCOL));
    for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      var probe = Sanitizer.map(container.get(name));
      remove(probe, PROBE);
      remove(Sanitizer.map(probe.get("httpGet")), Map.of("scheme", "HTTP"));
    }
    for (var variable : maps(container.get("env"))) {
      remove(Sanitizer.map(Sanitizer.map(variable.get("valueFrom")).get("fieldRef")), Map.of("apiVersion", "v1"));
    }
  }

  /** {@code Always} for {@code latest}, which is also the default tag; images with a digest have no tag. */
  private static String pullPolicy(String image) {
    var name = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !name.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
    return latest ? "Always" : "IfNotPresent";
  }

  private static void remove(Map<String, Object> map, Map<String, Object> defaults) {
    defaults.forEach((key, value) -> {
      if (isDefault(map.get(key), value)) {
        map.remove(key);
      }
    });
  }

  /** Compares the text form: a number may be an Integer or a Long. */
  private static boolean isDefault(Object value, Object usual) {
    if (value instanceof Map<?, ?> map && usual instanceof Map<?, ?> other) {
      return map.keySet().equals(other.keySet())
          && map.keySet().stream().allMatch(key -> isDefault(map.get(key), other.get(key)));
    }
    return value != null && value.toString().equals(usual.toString());
  }

  private static List<Map<String, Object>> maps(Object list) {
    return list instanceof List<?> items ? items.stream().map(Sanitizer::map).toList() : List.of();
  }
}
