package io.hyperfleet.adapter.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a field manager owns of an object, as the object's {@code managedFields} say. A field that is applied is owned,
 * also when the API server does not store it ({@code hostNetwork: false}); once somebody else changes or removes it, it
 * no longer is. See <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>.
 */
final class OwnedFields {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ITSELF = ".";
  private static final String FIELD = "f:";
  private static final String KEYS = "k:";
  private static final String VALUE = "v:";

  /** Part of a tree of FieldsV1; null when nothing of it is owned. */
  private final Map<?, ?> tree;
  private final boolean custom;

  private OwnedFields(Map<?, ?> tree, boolean custom) {
    this.tree = tree;
    this.custom = custom;
  }

  /** What a manager has applied to an object and still owns of it. */
  static OwnedFields of(Map<String, ?> object, String manager) {
    var version = String.valueOf(object.get("apiVersion"));
    var group = version.substring(0, Math.max(0, version.indexOf('/')));
    boolean custom = group.contains(".") && !group.endsWith(".k8s.io");
    if (object.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("managedFields") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map && manager.equals(map.get("manager")) && "Apply".equals(map.get("operation"))
            && (map.get("subresource") == null || "".equals(map.get("subresource")))
            && map.get("fieldsV1") instanceof Map<?, ?> fields) {
          return new OwnedFields(fields, custom);
        }
      }
    }
    return new OwnedFields(null, custom);
  }

  boolean isOwned() {
    return tree != null;
  }

  /** Whether a list without items can be told from none: only custom resources store it. */
  boolean tellsEmptyLists() {
    return custom;
  }

  /** A field of this one; of one that is owned as a whole, that field too. */
  OwnedFields field(String name) {
    return tree == null || isWhole() ? this : child(FIELD + name);
  }

  private boolean isWhole() {
    return tree.isEmpty() || tree.size() == 1 && tree.containsKey(ITSELF);
  }

  private OwnedFields child(String step) {
    return new OwnedFields(tree.get(step) instanceof Map<?, ?> child ? child : null, custom);
  }

  /** Whether this is a list in which others may have items too, which are told apart by keys in them. */
  boolean isKeyed() {
    return has(KEYS);
  }

  /** Whether this is a list of values in which others may have some too. */
  boolean isSet() {
    return has(VALUE);
  }

  private boolean has(String step) {
    return tree != null && tree.keySet().stream().anyMatch(key -> key.toString().startsWith(step));
  }

  /**
   * An item of a list with keys.
   *
   * @param keys what tells it from the others
   */
  record Item(Map<?, ?> keys, OwnedFields fields) {

    /** The item among those of an object. */
    Optional<?> in(List<?> items) {
      return items.stream().filter(item -> item instanceof Map<?, ?> map && keys.entrySet().stream()
          .allMatch(key -> same(key.getValue(), map.get(key.getKey())))).findFirst();
    }
  }

  /** The owned item that a manifest's is; keys that the manifest leaves to their defaults do not count. */
  Optional<Item> item(Map<?, ?> wanted) {
    return tree.keySet().stream().map(Object::toString).filter(step -> step.startsWith(KEYS))
        .map(step -> new Item(keys(step), child(step)))
        .filter(item -> item.keys().entrySet().stream().allMatch(
            key -> !wanted.containsKey(key.getKey()) || same(key.getValue(), wanted.get(key.getKey()))))
        .findFirst();
  }

  /** A number is the same as an int and as a long. */
  private static boolean same(Object one, Object other) {
    return one instanceof Number a && other instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : Objects.equals(one, other);
  }

  private static Map<?, ?> keys(String step) {
    try {
      return JSON.readValue(step.substring(KEYS.length()), Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("managedFields: " + step + " is no item of a list", e);
    }
  }
}
