package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.MergeRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategic and JSON merge patches (RFC 7386). Of the strategic directives {@code $patch: delete|replace} and
 * {@code $deleteFromPrimitiveList} are known; orders and retained keys are ignored.
 */
public final class StrategicMerge {

  private final MergeRules rules;

  private StrategicMerge(MergeRules rules) {
    this.rules = rules;
  }

  public static ObjectNode strategic(MergeRules rules, ObjectNode live, ObjectNode patch) {
    return new StrategicMerge(rules).object(List.of(), live, patch);
  }

  public static ObjectNode json(ObjectNode live, ObjectNode patch) {
    return new StrategicMerge(null).object(List.of(), live, patch);
  }

  private ObjectNode object(List<String> at, ObjectNode live, ObjectNode patch) {
    if (rules != null && Json.text(patch, "$patch").equals("replace")) {
      patch.remove("$patch");
      return patch;
    }
    ObjectNode result = live.deepCopy();
    patch.fields().forEachRemaining(entry -> {
      var field = entry.getKey();
      var value = entry.getValue();
      if (rules != null && field.startsWith("$")) {
        directive(result, field, value);
      } else if (value.isNull()) {
        result.remove(field);
      } else {
        result.set(field, value(longer(at, field), result.path(field), value));
      }
    });
    return result;
  }

  private static void directive(ObjectNode result, String field, JsonNode value) {
    var prefix = "$deleteFromPrimitiveList/";
    if (field.startsWith(prefix) && result.get(field.substring(prefix.length())) instanceof ArrayNode list) {
      var unwanted = new ArrayList<JsonNode>();
      value.forEach(unwanted::add);
      list.removeIf(unwanted::contains);
    }
  }

  private JsonNode value(List<String> at, JsonNode live, JsonNode patch) {
    if (patch instanceof ObjectNode change) {
      return object(at, live instanceof ObjectNode object ? object : Json.object(), change);
    }
    if (rules != null && patch.isArray() && live.isArray() && !rules.list(at).atomic()) {
      return list(at, (ArrayNode) live, patch);
    }
    return patch.deepCopy();
  }

  private ArrayNode list(List<String> at, ArrayNode live, JsonNode patch) {
    var result = live.deepCopy();
    var type = rules.list(at);
    for (var item : patch) {
      var index = index(result, item, type.set() ? "" : type.keys().get(0));
      if (Json.text(item, "$patch").equals("delete")) {
        if (index >= 0) {
          result.remove(index);
        }
      } else if (index < 0) {
        result.add(item.deepCopy());
      } else if (item instanceof ObjectNode change) {
        result.set(index, object(at, (ObjectNode) result.get(index), change));
      }
    }
    return result;
  }

  private static int index(ArrayNode list, JsonNode item, String key) {
    for (int i = 0; i < list.size(); i++) {
      if (key.isEmpty() ? list.get(i).equals(item) : list.get(i).path(key).equals(item.path(key))) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> longer(List<String> at, String field) {
    var result = new ArrayList<>(at);
    result.add(field);
    return result;
  }
}
