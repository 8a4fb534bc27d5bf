package io.hyperfleet.adapter.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields of an object that a field manager owns, from its {@code managedFields}. An applied field is owned even if
 * the API server does not store it ({@code hostNetwork: false}), until someone else changes or removes it. See
 * <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>.
 */
final class OwnedFields {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ITSELF = ".";
  private static final String FIELD = "f:";
  private static final String KEYS = "k:";
  private static final String VALUE = "v:";

  /** Part of a FieldsV1 tree; null if nothing of it is owned. */
  private final Map<?, ?> tree;
  private final boolean custom;

  private OwnedFields(Map<?, ?> tree, boolean custom) {
    this.tree = tree;
    this.custom = custom;
  }

  /** The fields that a manager has applied to an object and still owns. */
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

  /** Whether an empty list differs from none: only custom resources store it. */
  boolean tellsEmptyLists() {
    return custom;
  }

  /** A field of this one; owned if this one is owned as a whole. */
  OwnedFields field(String name) {
    return tree == null || isWhole() ? this : child(FIELD + name);
  }

  private boolean isWhole() {
    return tree.isEmpty() || tree.size() == 1 && tree.containsKey(ITSELF);
  }

  private OwnedFields child(String step) {
    return new OwnedFields(tree.get(step) instanceof Map<?, ?> child ? child : null, custom);
  }

  /** Whether this is a list map: others may own items, which are identified by keys. */
  boolean isKeyed() {
    return has(KEYS);
  }

  /** Whether this is a list set, in which others may own values. */
  boolean isSet() {
    return has(VALUE);
  }

  private boolean has(String step) {
    return tree != null && tree.keySet().stream().anyMatch(key -> key.toString().startsWith(step));
  }

  /**
   * An item of a list with keys.
   *
   * @param keys the keys that identify it
   */
  record Item(Map<?, ?> keys, OwnedFields fields) {

    /** The item among those of an object. */
    Optional<?> in(List<?> items) {
      return items.stream().filter(item -> item instanceof Map<?, ?> map && keys.entrySet().stream()
          .allMatch(key -> same(key.getValue(), map.get(key.getKey())))).findFirst();
    }
  }

  /** The owned item for an item of a manifest; keys that the manifest leaves to defaults are ignored. */
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
      throw new IllegalArgumentException("managedFields: " + step + " is not a list item", e);
    }
  }
}
