package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the lists and maps of a kind merge, as the real server's schemas declare with {@code x-kubernetes-list-type},
 * {@code -list-map-keys} and {@code -map-type}. Paths are field names from the root, without list positions.
 */
public interface MergeRules {

  /** A list is replaced as a whole (atomic), is a set of values, or holds items that {@code keys} identify. */
  public record ListType(boolean set, List<String> keys) {

    static final ListType ATOMIC = new ListType(false, List.of());
    static final ListType SET = new ListType(true, List.of());

    static ListType by(String... keys) {
      return new ListType(false, List.of(keys));
    }

    public boolean atomic() {
      return !set && keys.isEmpty();
    }
  }

  ListType list(List<String> path);

  boolean atomicMap(List<String> path);

  MergeRules BUILT_IN = new MergeRules() {
    private final Map<String, ListType> byField = Map.ofEntries(
        Map.entry("containers", ListType.by("name")),
        Map.entry("initContainers", ListType.by("name")),
        Map.entry("ephemeralContainers", ListType.by("name")),
        Map.entry("env", ListType.by("name")),
        Map.entry("volumes", ListType.by("name")),
        Map.entry("volumeMounts", ListType.by("mountPath")),
        Map.entry("volumeDevices", ListType.by("devicePath")),
        Map.entry("imagePullSecrets", ListType.by("name")),
        Map.entry("secrets", ListType.by("name")),
        Map.entry("claims", ListType.by("name")),
        Map.entry("hostAliases", ListType.by("ip")),
        Map.entry("topologySpreadConstraints", ListType.by("topologyKey", "whenUnsatisfiable")),
        Map.entry("conditions", ListType.by("type")),
        Map.entry("ownerReferences", ListType.by("uid")),
        Map.entry("finalizers", ListType.SET));
    private final Set<String> atomicMaps = Set.of("selector", "nodeSelector", "secretKeyRef", "configMapKeyRef",
        "fieldRef", "resourceFieldRef", "involvedObject", "roleRef");

    @Override
    public ListType list(List<String> path) {
      var field = path.get(path.size() - 1);
      if (field.equals("ports")) {
        // Container ports and service ports carry the same name and different keys.
        return path.contains("containers") || path.contains("initContainers")
            ? ListType.by("containerPort", "protocol")
            : ListType.by("port", "protocol");
      }
      return byField.getOrDefault(field, ListType.ATOMIC);
    }

    @Override
    public boolean atomicMap(List<String> path) {
      return !path.isEmpty() && atomicMaps.contains(path.get(path.size() - 1));
    }
  };

  /** The rules that a CustomResourceDefinition's schema declares; lists without a declaration are atomic. */
  static MergeRules ofSchema(JsonNode root) {
    return new MergeRules() {
      @Override
      public ListType list(List<String> path) {
        if (path.get(0).equals("metadata")) {
          return BUILT_IN.list(path);
        }
        var schema = find(path);
        return switch (schema.path("x-kubernetes-list-type").asText("atomic")) {
          case "set" -> ListType.SET;
          case "map" -> {
            var keys = new ArrayList<String>();
            schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
            yield new ListType(false, keys);
          }
          default -> ListType.ATOMIC;
        };
      }

      @Override
      public boolean atomicMap(List<String> path) {
        return find(path).path("x-kubernetes-map-type").asText().equals("atomic");
      }

      private JsonNode find(List<String> path) {
        var schema = root;
        for (var field : path) {
          schema = schema.has("items") ? schema.path("items") : schema;
          var property = schema.path("properties").path(field);
          schema = property.isMissingNode() ? schema.path("additionalProperties") : property;
        }
        return schema;
      }
    };
  }
}
