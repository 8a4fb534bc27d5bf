package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.GoText;
import io.hyperfleet.local.kubernetes.resource.ApiError.Cause;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.List;

/**
 * Checks a custom resource's fields against the schema of its definition: which it does not declare, and of which type
 * they are.
 */
final class SchemaFields {

  private static final String ANY = "x-kubernetes-preserve-unknown-fields";

  /** Takes what is wrong. */
  public interface Problems {

    void add(ObjectNode parent, String field, String path, String message);
  }

  private final Problems problems;

  private SchemaFields(Problems problems) {
    this.problems = problems;
  }

  static void find(ResourceType type, ObjectNode object, Problems problems) {
    if (!type.custom()) {
      return;
    }
    var schema = type.definition().at("/schema/openAPIV3Schema");
    for (var field : Json.fields(object)) {
      var property = schema.path("properties").path(field);
      if (!property.isMissingNode() && !field.equals("metadata")) {
        new SchemaFields(problems).value(object, field, "." + field, object.get(field), property);
      } else if (property.isMissingNode() && !List.of("apiVersion", "kind", "metadata").contains(field)
          && !schema.path(ANY).asBoolean()) {
        problems.add(object, field, "." + field, "field not declared in schema");
      }
    }
  }

  /** Adds the fields that an object has to have and has not. */
  static void required(String path, JsonNode object, JsonNode schema, List<Cause> causes) {
    schema.path("required").forEach(name -> {
      if (!object.has(name.asText())) {
        causes.add(Cause.required(path + name.asText(), ""));
      }
    });
    Json.fields(schema.path("properties")).stream().filter(name -> object.path(name).isObject())
        .forEach(name -> required(path + name + ".", object.get(name), schema.path("properties").path(name), causes));
  }

  private void value(ObjectNode parent, String field, String path, JsonNode value, JsonNode schema) {
    var expected = expected(value, schema);
    if (!expected.isEmpty()) {
      problems.add(parent, field, path, "expected " + expected);
    } else if (value instanceof ObjectNode object && !schema.path("additionalProperties").isObject()) {
      Json.fields(object).forEach(name -> {
        var property = schema.path("properties").path(name);
        if (!property.isMissingNode()) {
          value(object, name, path + "." + name, object.get(name), property);
        } else if (!schema.path(ANY).asBoolean()) {
          problems.add(object, name, path + "." + name, "field not declared in schema");
        }
      });
    } else if (value instanceof ObjectNode map) {
      Json.fields(map)
          .forEach(key -> value(map, key, path + "." + key, map.get(key), schema.path("additionalProperties")));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        value(parent, field, path + "[" + i + "]", value.get(i), schema.path("items"));
      }
    }
  }

  private static String expected(JsonNode value, JsonNode schema) {
    return value.isNull() ? "" : switch (schema.path("type").asText()) {
      case "string" ->
        value.isTextual() ? "" : "string, got &value.valueUnstructured{Value:" + GoText.syntax(value) + "}";
      case "boolean" -> value.isBoolean() ? "" : "boolean, got &{" + GoText.plain(value) + "}";
      case "integer", "number" -> value.isNumber() ? "" : "numeric (int or float), got " + GoText.type(value);
      case "array" -> value.isArray() ? "" : "list, got &{" + GoText.plain(value) + "}";
      case "object" -> value.isObject() ? "" : "map, got &{" + GoText.plain(value) + "}";
      default -> "";
    };
  }
}
