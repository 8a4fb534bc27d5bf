package io.hyperfleet.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;

/** Manifests of every kind that holds pods, around a pod that keeps to every rule. */
final class PodManifests {

  /** The version of each kind, and where its pod's specification stands. Kinds of others keep it where they like. */
  static final Map<String, List<String>> KINDS = Map.ofEntries(
      Map.entry("Pod", List.of("v1", "spec")),
      Map.entry("PodTemplate", List.of("v1", "template", "spec")),
      Map.entry("ReplicationController", List.of("v1", "spec", "template", "spec")),
      Map.entry("Deployment.apps", List.of("apps/v1", "spec", "template", "spec")),
      Map.entry("StatefulSet.apps", List.of("apps/v1", "spec", "template", "spec")),
      Map.entry("DaemonSet.apps", List.of("apps/v1", "spec", "template", "spec")),
      Map.entry("ReplicaSet.apps", List.of("apps/v1", "spec", "template", "spec")),
      Map.entry("Job.batch", List.of("batch/v1", "spec", "template", "spec")),
      Map.entry("CronJob.batch", List.of("batch/v1", "spec", "jobTemplate", "spec", "template", "spec")),
      Map.entry("Runner.example.com", List.of("example.com/v1", "spec", "workers", "podTemplate", "spec")));
  static final List<String> LISTS = List.of("containers", "initContainers", "ephemeralContainers");

  private static final Map<String, Map<String, Object>> PARSED = new ConcurrentHashMap<>();
  private static final String POD = """
      securityContext: {runAsNonRoot: true, runAsUser: 65534, seccompProfile: {type: RuntimeDefault}}
      """;
  private static final String CONTAINER = """
      name: main
      image: busybox:1.36
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  private PodManifests() {}

  /** A manifest with a fragment (pod, container, annotations) laid over. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> manifest(String kind, String list, Map<String, Object> fragment) {
    var pod = overlay(yaml(POD), (Map<String, Object>) fragment.getOrDefault("pod", Map.of()));
    for (String name : LISTS) {
      pod.put(name,
          new ArrayList<>(List.of(overlay(yaml(CONTAINER), name.equals(list) || fragment.containsKey("everywhere")
              ? (Map<String, Object>) fragment.getOrDefault("container", Map.of())
              : Map.of()))));
    }
    return wrap(kind, pod, (Map<String, Object>) fragment.getOrDefault("annotations", Map.of()));
  }

  static Map<String, Object> wrap(String kind, Map<String, Object> pod, Map<String, Object> annotations) {
    var place = KINDS.get(kind);
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("apiVersion", place.get(0));
    manifest.put("kind", kind.replaceFirst("\\..*", ""));
    manifest.put("metadata", new LinkedHashMap<>(Map.of("name", "x")));
    var parent = manifest;
    for (String key : place.subList(1, place.size() - 1)) {
      parent = child(parent, key);
    }
    child(parent, "metadata").put("annotations", new LinkedHashMap<>(annotations));
    parent.put("spec", pod);
    return manifest;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
  }

  /** A text as a new map, which may be changed. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> yaml(String text) {
    return (Map<String, Object>) copy(PARSED.computeIfAbsent(text, unknown -> new Yaml().load(unknown)));
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, copy(item)));
      return copy;
    }
    return value instanceof List<?> list ? new ArrayList<>(list.stream().map(PodManifests::copy).toList()) : value;
  }

  /** Lays a map over another; lists and values are replaced. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> overlay(Map<String, Object> base, Map<String, Object> over) {
    over.forEach((key, value) -> base.put(key,
        value instanceof Map<?, ?> map && base.get(key) instanceof Map<?, ?> under
            ? overlay(new LinkedHashMap<>((Map<String, Object>) under), (Map<String, Object>) map)
            : value));
    return base;
  }
}
