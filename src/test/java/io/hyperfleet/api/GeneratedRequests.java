package io.hyperfleet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes values that a schema allows, and spoils them. The same seed makes the same values. */
final class GeneratedRequests {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 4;

  /** What a parameter or a field may be sent as, in hope of an answer that nobody thought of. */
  private static final List<String> JUNK = List.of("", " ", "x", "-1", "0", "99999999999999999999", "1e9", "null",
      "true",
      "';drop table resources", "%00", "%ff", "%zz", "..", "a/b", "\u00e4\u00f6", "[]", "{}", "name='x'",
      "x".repeat(300),
      "$(id)", "${jndi:x}", "created_time", "status", "kind desc, name", "00000000-0000-0000-0000-000000000000");

  private final Contract contract;
  private final Random random;
  private int names;

  GeneratedRequests(Contract contract, long seed) {
    this.contract = contract;
    this.random = new Random(seed);
  }

  /**
   * A value that a schema allows.
   *
   * @param known values that only the state of the fleet makes right, by the name of the field
   */
  JsonNode valid(JsonNode schemaOrReference, Map<String, JsonNode> known, int depth) {
    var schema = contract.resolved(schemaOrReference);
    if (schema.has("allOf")) {
      return valid(schema.get("allOf").get(0), known, depth);
    }
    if (schema.has("oneOf")) {
      return valid(schema.get("oneOf").get(random.nextInt(schema.get("oneOf").size())), known, depth);
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").asText("object")) {
      case "string" -> JSON.textNode(text(schema));
      case "integer" -> JSON.numberNode(schema.path("minimum").asInt(1) + random.nextInt(2));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "array" -> array(schema, known, depth);
      default -> object(schema, known, depth);
    };
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> Instant.now().toString();
      case "uuid" -> "0198f000-0000-7000-8000-00000000000" + random.nextInt(10);
      default -> "n" + Long.toString(++names + 36L * 36 * 36, 36) + random.nextInt(10);
    };
  }

  private ArrayNode array(JsonNode schema, Map<String, JsonNode> known, int depth) {
    var array = JSON.arrayNode();
    for (int n = random.nextInt(3); n > 0 && depth < DEEPEST; n--) {
      array.add(valid(schema.get("items"), known, depth + 1));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema, Map<String, JsonNode> known, int depth) {
    var object = JSON.objectNode();
    var required = schema.path("required").toString();
    schema.path("properties").properties().forEach(property -> {
      var name = property.getKey();
      boolean needed = required.contains("\"" + name + "\"");
      if (needed || depth < DEEPEST && random.nextInt(3) > 0) {
        object.set(name, known.containsKey(name) ? known.get(name) : valid(property.getValue(), known, depth + 1));
      }
    });
    if (object.isEmpty() && depth > 0) {
      object.put("key", "value");
    }
    return object;
  }

  /** A body with one thing wrong, or something that is no JSON object at all. */
  String spoiled(JsonNode valid) {
    if (!(valid instanceof ObjectNode object) || object.isEmpty() || random.nextInt(4) == 0) {
      return List.of("", "null", "[]", "\"x\"", "{", "{\"a\": 1} 2", "[".repeat(200),
          "{\"a\":".repeat(150) + "1" + "}".repeat(150),
          "\u0000", "{\"kind\": \"\\u0000\"}", "{\"spec\": {\"a\": 1e999}}").get(random.nextInt(11));
    }
    var spoiled = object.deepCopy();
    var target = spoiled;
    while (random.nextInt(3) == 0 && inner(target) != null) {
      target = inner(target);
    }
    var fields = new ArrayList<String>();
    target.fieldNames().forEachRemaining(fields::add);
    var field = fields.get(random.nextInt(fields.size()));
    if (random.nextInt(4) == 0) {
      target.remove(field);
    } else {
      target.set(field, List.<JsonNode>of(JSON.nullNode(), JSON.numberNode(-1), JSON.numberNode(99999999999L),
          JSON.numberNode(1.5), JSON.textNode(junk()), JSON.arrayNode(), JSON.arrayNode().add(JSON.nullNode()),
          JSON.objectNode(), JSON.booleanNode(true), JSON.objectNode().put(junk(), 1)).get(random.nextInt(10)));
    }
    if (random.nextInt(4) == 0) {
      target.put(junk(), junk());
    }
    return spoiled.toString();
  }

  private static ObjectNode inner(ObjectNode node) {
    for (JsonNode child : node) {
      if (child instanceof ObjectNode object && !object.isEmpty()) {
        return object;
      }
      if (child.isArray() && child.size() > 0 && child.get(0) instanceof ObjectNode object && !object.isEmpty()) {
        return object;
      }
    }
    return null;
  }

  String junk() {
    return JUNK.get(random.nextInt(JUNK.size()));
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
