package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The objects are plain JSON trees, since a server must keep fields that no model class knows. */
public final class Json {

  public static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Parses a JSON or YAML body; anything that is not one object is a bad request. */
  public static ObjectNode parseObject(byte[] body) {
    if (parse(body) instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the body of the request must be one JSON or YAML object");
  }

  public static JsonNode parse(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    try {
      var first = text.stripLeading();
      return first.startsWith("{") || first.startsWith("[")
          ? MAPPER.readTree(text)
          : Serialization.unmarshal(text, JsonNode.class);
    } catch (JsonProcessingException | RuntimeException e) {
      throw ApiError.badRequest("error decoding the body of the request: " + e.getMessage());
    }
  }

  public static String write(JsonNode node) {
    return node.toString();
  }

  /** The text below {@code path}, or an empty string. */
  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  static JsonNode at(JsonNode node, String... path) {
    var result = node;
    for (var step : path) {
      result = result.path(step);
    }
    return result;
  }

  /** The object below {@code path}, created when it is missing. */
  public static ObjectNode ensure(ObjectNode node, String... path) {
    var result = node;
    for (var step : path) {
      result = result.get(step) instanceof ObjectNode child ? child : result.putObject(step);
    }
    return result;
  }

  /** Sets a default: whatever is there already stays. */
  public static void defaultTo(ObjectNode node, String field, Object value) {
    if (!node.hasNonNull(field)) {
      node.set(field, MAPPER.valueToTree(value));
    }
  }

  /** Copies one field, or removes it where the source has none. */
  public static void copyField(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    } else {
      to.remove(field);
    }
  }

  public static ObjectNode metadata(ObjectNode object) {
    return ensure(object, "metadata");
  }

  public static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  public static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  public static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  public static List<String> fields(JsonNode object) {
    var result = new ArrayList<String>();
    object.fieldNames().forEachRemaining(result::add);
    return result;
  }

  /** A null says nothing in a stored object, and clients send many (creationTimestamp). */
  public static void stripNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      fields(object).stream().filter(field -> object.get(field).isNull()).forEach(object::remove);
    }
    node.forEach(Json::stripNulls);
  }
}
