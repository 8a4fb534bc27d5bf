package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hyperfleet.local.kubernetes.resource.MergeRules.ListType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An object seen as a set of fields: flattened, merged and pruned by the rules of its kind. Pure functions. */
public final class FieldTree {

  private final MergeRules rules;

  public FieldTree(MergeRules rules) {
    this.rules = rules;
  }

  /** The owned units of an object with their values: scalars, atomic parts, set values, and list items themselves. */
  public SortedMap<FieldPath, JsonNode> flatten(JsonNode object) {
    var result = new TreeMap<FieldPath, JsonNode>();
    flatten(FieldPath.ROOT, object, result);
    return result;
  }

  private void flatten(FieldPath at, JsonNode node, Map<FieldPath, JsonNode> result) {
    if (node.isObject() && !node.isEmpty() && !rules.atomicMap(at.names())) {
      node.fields().forEachRemaining(field -> flatten(at.field(field.getKey()), field.getValue(), result));
    } else if (node.isArray() && !node.isEmpty() && !listAt(at).atomic()) {
      items(at, node).forEach((step, item) -> {
        // The item is a member beside its fields, so that it goes away with its last owner.
        result.put(at.then(step), BooleanNode.TRUE);
        if (item.isObject()) {
          item.fields().forEachRemaining(
              field -> flatten(at.then(step).field(field.getKey()), field.getValue(), result));
        }
      });
    } else if (!at.steps().isEmpty()) {
      result.put(at, node);
    }
  }

  /** The live object with the configuration laid over it. */
  public JsonNode merge(JsonNode live, JsonNode config) {
    return merge(FieldPath.ROOT, live, config);
  }

  private JsonNode merge(FieldPath at, JsonNode live, JsonNode config) {
    if (live instanceof ObjectNode && config.isObject() && !rules.atomicMap(at.names())) {
      ObjectNode result = live.deepCopy();
      config.fields().forEachRemaining(field -> result.set(field.getKey(),
          merge(at.field(field.getKey()), live.path(field.getKey()), field.getValue())));
      return result;
    }
    if (live.isArray() && config.isArray() && !listAt(at).atomic()) {
      var merged = items(at, live);
      items(at, config)
          .forEach((step, item) -> merged.merge(step, item, (old, wanted) -> merge(at.then(step), old, wanted)));
      return Json.MAPPER.createArrayNode().addAll(merged.values());
    }
    return config.deepCopy();
  }

  /** Removes fields, but keeps what encloses a field that somebody still owns. */
  public void prune(ObjectNode object, Set<FieldPath> gone, Set<FieldPath> owned) {
    gone.stream()
        .filter(path -> !owned.contains(path) && owned.stream().noneMatch(kept -> kept.below(path)))
        .forEach(path -> remove(object, FieldPath.ROOT, path));
  }

  private void remove(JsonNode node, FieldPath at, FieldPath path) {
    var step = path.steps().get(at.steps().size());
    var last = path.steps().size() == at.steps().size() + 1;
    if (node instanceof ObjectNode object && step.startsWith("f:")) {
      var field = step.substring(2);
      if (last) {
        object.remove(field);
      } else if (object.has(field)) {
        remove(object.get(field), at.then(step), path);
        // A parent that is empty now was only there for its children.
        if (object.get(field).isContainerNode() && object.get(field).isEmpty()) {
          object.remove(field);
        }
      }
    } else if (node instanceof ArrayNode list) {
      var items = items(at, list);
      if (last) {
        items.remove(step);
      } else if (items.containsKey(step)) {
        remove(items.get(step), at.then(step), path);
      }
      list.removeAll();
      list.addAll(items.values());
    }
  }

  private Map<String, JsonNode> items(FieldPath at, JsonNode list) {
    var type = listAt(at);
    var result = new LinkedHashMap<String, JsonNode>();
    list.forEach(item -> result.put(step(type, item), item));
    return result;
  }

  public static String step(ListType type, JsonNode item) {
    if (type.set()) {
      return "v:" + item;
    }
    var keys = Json.object();
    for (var key : type.keys()) {
      // The one key with a default: a port without a protocol is a TCP port.
      keys.set(key, key.equals("protocol") && !item.has(key) ? TextNode.valueOf("TCP") : item.path(key));
    }
    return "k:" + keys;
  }

  private ListType listAt(FieldPath at) {
    return at.steps().isEmpty() ? ListType.ATOMIC : rules.list(at.names());
  }
}
