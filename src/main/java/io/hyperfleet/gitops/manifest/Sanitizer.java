package io.hyperfleet.gitops.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Removes from an object what the cluster added: the status, identifying metadata, and bookkeeping of controllers and
 * tools. The rest can be applied again and is the same for the same intent.
 */
public final class Sanitizer {

  private static final Set<String> FIRST = Set.of("apiVersion", "kind", "metadata");
  private static final List<String> ANNOTATION_PREFIXES = List.of("kubectl.kubernetes.io/",
      "control-plane.alpha.kubernetes.io/", "deployment.kubernetes.io/", "autoscaling.alpha.kubernetes.io/",
      "kustomize.toolkit.fluxcd.io/", "applyset.kubernetes.io/");
  private static final Set<String> ANNOTATIONS = Set.of("argocd.argoproj.io/tracking-id",
      "argocd.argoproj.io/installation-id", "kcp.io/cluster");
  private static final List<String> LABEL_PREFIXES = List.of("kustomize.toolkit.fluxcd.io/", "kro.run/",
      "applyset.kubernetes.io/");
  private static final Set<String> JOB_LABELS = Set.of("controller-uid", "batch.kubernetes.io/controller-uid",
      "job-name",
      "batch.kubernetes.io/job-name");

  private Sanitizer() {}

  /** A copy of the object with its keys in a stable order: apiVersion, kind, metadata, and the others by name. */
  public static Map<String, Object> sanitize(Map<String, Object> object) {
    var result = new LinkedHashMap<String, Object>();
    result.put("apiVersion", object.get("apiVersion"));
    result.put("kind", object.get("kind"));
    boolean job = is(object, "Job", "batch/v1");
    result.put("metadata", metadata(map(object.get("metadata")), job));
    new TreeMap<>(object).forEach((key, value) -> {
      if (!FIRST.contains(key) && !key.equals("status") && value != null) {
        result.put(key, sorted(value));
      }
    });
    if (result.get("spec") instanceof Map<?, ?>) {
      cleanSpec(object, map(result.get("spec")), job);
      ClusterDefaults.strip(result);
    }
    return result;
  }

  private static Map<String, Object> metadata(Map<String, Object> metadata, boolean job) {
    var result = new TreeMap<String, Object>();
    for (var key : List.of("name", "namespace")) {
      if (metadata.get(key) != null) {
        result.put(key, metadata.get(key));
      }
    }
    var labels = new TreeMap<>(map(metadata.get("labels")));
    labels.keySet().removeIf(key -> startsWithAny(key, LABEL_PREFIXES) || job && JOB_LABELS.contains(key));
    var annotations = new TreeMap<>(map(metadata.get("annotations")));
    annotations.keySet().removeIf(key -> startsWithAny(key, ANNOTATION_PREFIXES) || ANNOTATIONS.contains(key));
    if (!labels.isEmpty()) {
      result.put("labels", labels);
    }
    if (!annotations.isEmpty()) {
      result.put("annotations", annotations);
    }
    return result;
  }

  private static void cleanSpec(Map<String, Object> object, Map<String, Object> spec, boolean job) {
    if (is(object, "Service", "v1")) {
      // The author sets None for a headless service.
      spec.computeIfPresent("clusterIP", (key, value) -> "None".equals(value) ? value : null);
      List.of("clusterIPs", "healthCheckNodePort", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")
          .forEach(spec::remove);
    } else if (is(object, "Pod", "v1")) {
      spec.remove("nodeName");
    } else if (is(object, "PersistentVolumeClaim", "v1")) {
      spec.remove("volumeName");
      spec.remove("volumeMode");
    } else if (job && !Boolean.TRUE.equals(spec.get("manualSelector"))) {
      cleanJob(spec);
    }
  }

  /** The API server chose selector and labels that are unique to this Job; it rejects them in a new one. */
  private static void cleanJob(Map<String, Object> spec) {
    spec.remove("selector");
    var metadata = map(map(spec.get("template")).get("metadata"));
    if (metadata.get("labels") instanceof Map<?, ?> labels) {
      labels.keySet().removeAll(JOB_LABELS);
      if (labels.isEmpty()) {
        metadata.remove("labels");
      }
    }
    if (metadata.containsKey("creationTimestamp") && metadata.get("creationTimestamp") == null) {
      metadata.remove("creationTimestamp");
    }
  }

  private static boolean is(Map<String, Object> object, String kind, String apiVersion) {
    return kind.equals(object.get("kind")) && apiVersion.equals(object.get("apiVersion"));
  }

  private static boolean startsWithAny(String key, List<String> prefixes) {
    return prefixes.stream().anyMatch(key::startsWith);
  }

  /** Maps sorted by key, lists in their order. */
  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      var result = new TreeMap<String, Object>();
      map.forEach((key, inner) -> result.put(String.valueOf(key), sorted(inner)));
      return result;
    }
    return value instanceof List<?> list
        ? list.stream().map(Sanitizer::sorted)
            .collect(Collectors.toCollection(ArrayList::new))
        : value;
  }

  /** The value as a map of an object's fields; empty if it is not a map. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : new TreeMap<>();
  }
}
