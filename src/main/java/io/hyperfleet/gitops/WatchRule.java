package io.hyperfleet.gitops;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which objects a destination mirrors.
 *
 * @param apiGroups API groups; the core group when empty.
 * @param apiVersions API versions; v1 when empty.
 * @param resources Plurals of the kinds, such as configmaps; * for all kinds of a group and version.
 * @param namespaces Namespaces to watch; all, and cluster-scoped objects, when empty.
 * @param labels Labels that an object must have; an empty value requires only the key.
 * @param operations Operations to mirror: CREATE, UPDATE, DELETE; all when empty.
 */
public record WatchRule(List<String> apiGroups, List<String> apiVersions, List<String> resources,
    List<String> namespaces,
    Map<String, String> labels, Set<Change> operations) {

  /** Type of a change, in the words of Kubernetes. */
  public enum Change {
    CREATE, UPDATE, DELETE
  }

  public WatchRule {
    apiGroups = orElse(apiGroups, List.of(""));
    apiVersions = orElse(apiVersions, List.of("v1"));
    resources = resources == null
        ? List.of()
        : resources.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    operations = operations == null || operations.isEmpty() ? Set.of(Change.values()) : Set.copyOf(operations);
  }

  private static List<String> orElse(List<String> given, List<String> standard) {
    return given == null || given.isEmpty() ? standard : List.copyOf(given);
  }

  /** The types that the rule names. */
  public List<ResourceType> types() {
    return apiGroups.stream()
        .flatMap(group -> apiVersions.stream()
            .flatMap(version -> resources.stream().map(resource -> new ResourceType(group, version, resource))))
        .toList();
  }

  /** The namespaces to watch one by one; one empty name for all. */
  public List<String> scopes() {
    return namespaces.isEmpty() ? List.of("") : namespaces;
  }

  /** The labels as a Kubernetes label selector. */
  public String labelSelector() {
    return new TreeMap<>(labels).entrySet().stream()
        .map(label -> label.getValue().isEmpty() ? label.getKey() : label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** Whether it selects this type and namespace, regardless of labels. */
  public boolean covers(ResourceType type, String namespace) {
    return (namespaces.isEmpty() || namespaces.contains(namespace))
        && (types().contains(type) || types().contains(type.wildcard()));
  }

  /** Whether it selects objects with these labels. */
  public boolean selects(Map<String, String> objectLabels) {
    return labels.entrySet().stream().allMatch(label -> label.getValue().isEmpty()
        ? objectLabels.containsKey(label.getKey())
        : label.getValue().equals(objectLabels.get(label.getKey())));
  }
}
