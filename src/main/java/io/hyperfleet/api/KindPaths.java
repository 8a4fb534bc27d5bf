package io.hyperfleet.api;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of configured kinds in the published OpenAPI document: the operations of {@code /resources} under the paths
 * that {@link ResourceRequestMappings} maps for each kind, with {@code x-kind}.
 */
final class KindPaths {

  private static final String ANY = ResourceRequestMappings.BASE + "/resources";
  private static final String CLUSTERS = ResourceRequestMappings.BASE + "/clusters";

  private final Map<String, Map<String, Object>> paths;

  @SuppressWarnings("unchecked")
  private KindPaths(Map<String, Object> contract) {
    this.paths = (Map<String, Map<String, Object>>) contract.get("paths");
  }

  /** Adds the paths of every kind that the document does not describe itself. */
  static void add(Map<String, Object> contract, Kinds kinds) {
    var paths = new KindPaths(contract);
    kinds.all().stream().filter(kind -> !paths.paths.containsKey(ResourceRequestMappings.BASE + "/" + kind.plural()))
        .forEach(kind -> paths.add(kind, kinds));
  }

  private void add(Kind kind, Kinds kinds) {
    var flat = ResourceRequestMappings.BASE + "/" + kind.plural();
    if (!kind.owned()) {
      add(kind, flat, "", List.of());
      return;
    }
    var owner = Map.<String, Object>of("name", "owner_id", "in", "path", "required", true,
        "description", "Id of the " + kind.parent(), "schema", Map.of("type", "string"));
    add(kind, ResourceRequestMappings.BASE + "/" + kinds.parentOf(kind).plural() + "/{owner_id}/" + kind.plural(), "",
        List.of(owner));
    add(kind, flat, "Flat", List.of());
    // A resource is created below its owner.
    paths.get(flat).remove("post");
  }

  private void add(Kind kind, String base, String infix, List<Map<String, Object>> owner) {
    for (var path : List.copyOf(paths.keySet())) {
      if (path.equals(ANY) || path.startsWith(ANY + "/")) {
        var item = new LinkedHashMap<String, Object>();
        paths.get(path).forEach((word, value) -> item.put(word,
            word.equals("parameters") ? value : operation(kind, word, infix, path.equals(ANY), (Map<?, ?>) value)));
        if (!owner.isEmpty()) {
          var parameters = new ArrayList<Object>(owner);
          parameters.addAll((List<?>) item.getOrDefault("parameters", List.of()));
          item.put("parameters", parameters);
        }
        paths.put(base + path.substring(ANY.length()), item);
      }
    }
  }

  private Map<String, Object> operation(Kind kind, String method, String infix, boolean collection, Map<?, ?> any) {
    var operation = new LinkedHashMap<String, Object>();
    any.forEach((key, value) -> operation.put((String) key, value));
    operation.put("operationId", operation.get("operationId") + "Of" + infix + kind.name());
    operation.put("tags", List.of(kind.name()));
    operation.put("x-kind", kind.name());
    if (collection) {
      boolean list = method.equals("get");
      operation.put("summary", list ? "List resources of the kind " + kind.name() : "Create a " + kind.name());
      operation.computeIfPresent("parameters",
          (key, value) -> ((Map<?, ?>) paths.get(CLUSTERS).get("get")).get("parameters"));
    }
    return operation;
  }
}
