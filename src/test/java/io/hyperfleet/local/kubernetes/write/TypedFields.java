package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.Conversion;
import io.hyperfleet.local.kubernetes.GoText;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.FieldPath;
import io.hyperfleet.local.kubernetes.resource.FieldTree;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.MergeRules;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks the fields of built-in kinds against fabric8's models, so that a typing error in a manifest is refused here as
 * a cluster refuses it: an apply fails on an unknown field, other writes drop it and warn unless they ask for
 * strictness.
 */
public final class TypedFields {

  /** What is wrong at a field; {@code go} says where it is in the server's own structures, and of which type. */
  private record Problem(ObjectNode parent, String field, String path, String message, String go) {

    boolean unknown() {
      return message.equals(UNKNOWN);
    }

    boolean duplicate() {
      return message.startsWith("duplicate");
    }
  }

  private static final String UNKNOWN = "field not declared in schema";

  private final List<Problem> problems = new ArrayList<>();

  private TypedFields() {
  }

  public static void check(ResourceType type, ObjectNode object, boolean apply, boolean strict, List<String> warnings) {
    var found = find(type, object);
    if (apply && !found.isEmpty()) {
      var each = found.stream().map(problem -> problem.path() + ": " + problem.message()).toList();
      throw ApiError.of(500, "", "failed to create typed patch object %s: %s".formatted(named(type, object),
          each.size() == 1 ? each.get(0) : "errors:\n  " + String.join("\n  ", each)));
    }
    if (apply) {
      Models.of(type).flatMap(model -> Conversion.problem(object, model)).ifPresent(problem -> {
        throw ApiError.of(500, "",
            "failed to convert new object %s to proper version: unable to convert unstructured object to %s: %s"
                .formatted(named(type, object), kind(type), problem));
      });
    }
    var cannot = "%s in version \"%s\" cannot be handled as a %s: ".formatted(type.kind(), type.version(), type.kind());
    found.stream().filter(problem -> !problem.unknown() && !problem.duplicate()).findFirst().ifPresent(wrong -> {
      throw ApiError.badRequest(cannot + "json: cannot unmarshal " + wrong.parent().path(wrong.field()).getNodeType()
          .name().toLowerCase(Locale.ROOT).replace("boolean", "bool") + " into Go struct field " + wrong.go());
    });
    Models.of(type).flatMap(model -> Conversion.problem(object, model)).filter(Quantities.FORM::equals)
        .ifPresent(problem -> {
          throw ApiError.badRequest(cannot + problem);
        });
    var unknown = found.stream().filter(Problem::unknown).toList();
    var words = unknown.stream()
        .map(problem -> "unknown field \"" + problem.path().substring(1).replaceAll("\\[[a-zA-Z]+=[^\\]]*]", "[0]")
            + "\"")
        .toList();
    if (strict && !words.isEmpty()) {
      throw ApiError.badRequest(cannot + "strict decoding error: " + words.stream().collect(Collectors.joining(", ")));
    }
    warnings.addAll(words);
    unknown.forEach(problem -> problem.parent().remove(problem.field()));
  }

  private static String named(ResourceType type, ObjectNode object) {
    return "(%s/%s; %s)".formatted(own(object, "namespace"), own(object, "name"), kind(type));
  }

  private static String own(ObjectNode object, String field) {
    var value = object.path("metadata").path(field);
    return value.isTextual() ? value.asText() : "";
  }

  private static String kind(ResourceType type) {
    return (type.group().isEmpty() ? "/" + type.version() : type.apiVersion()) + ", Kind=" + type.kind();
  }

  private static List<Problem> find(ResourceType type, ObjectNode object) {
    var check = new TypedFields();
    Models.of(type).ifPresentOrElse(model -> check.fields("", List.of(), object, model), () -> {
      if (object.path("metadata") instanceof ObjectNode metadata) {
        check.fields(".metadata", List.of("metadata"), metadata, Models.METADATA);
      }
      SchemaFields.find(type, object, (parent, field, path, message) -> check.problems
          .add(new Problem(parent, field, path, message, type.kind() + path)));
    });
    return check.problems;
  }

  private void fields(String path, List<String> names, ObjectNode object, JavaType type) {
    var properties = Models.fields(type);
    for (var field : Json.fields(object)) {
      var at = path + "." + field;
      Optional.ofNullable(properties.get(field)).ifPresentOrElse(
          property -> value(object, field, at, then(names, field), object.get(field), property, type),
          () -> problems.add(new Problem(object, field, at, UNKNOWN, "")));
    }
  }

  private void value(ObjectNode parent, String field, String path, List<String> names, JsonNode value, JavaType type,
      JavaType in) {
    var expected = expected(value, type);
    if (!expected.isEmpty()) {
      problems.add(new Problem(parent, field, path, "expected " + expected,
          in.getRawClass().getSimpleName() + "." + String.join(".", names) + " of type " + go(type)));
    } else if (type.isMapLikeType() && value instanceof ObjectNode map) {
      Json.fields(map)
          .forEach(key -> value(map, key, path + "." + key, then(names, key), map.get(key), type.getContentType(), in));
    } else if (value instanceof ArrayNode list && type.isCollectionLikeType()) {
      list(parent, field, path, names, list, type, in);
    } else if (value instanceof ObjectNode object && Models.isModel(type)) {
      fields(path, names, object, type);
    }
  }

  private void list(ObjectNode parent, String field, String path, List<String> names, ArrayNode list, JavaType type,
      JavaType in) {
    var merge = MergeRules.BUILT_IN.list(names);
    var seen = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      var item = list.get(i);
      if (!merge.keys().isEmpty() && !item.isObject()) {
        problems.add(new Problem(parent, field, path,
            "element " + i + ": associative list with keys may not have non-map elements", ""));
        continue;
      }
      var step = merge.atomic() ? "[" + i + "]" : FieldTree.step(merge, item);
      if (!seen.add(step)) {
        problems.add(new Problem(parent, field, path, "duplicate entries for key " + new FieldPath(List.of(step)), ""));
      }
      value(parent, field, path + (merge.atomic() ? step : new FieldPath(List.of(step))), names, item,
          type.getContentType(), in);
    }
  }

  private static List<String> then(List<String> names, String name) {
    var longer = new ArrayList<>(names);
    longer.add(name);
    return longer;
  }

  private static String go(JavaType type) {
    return type.hasRawClass(Integer.class)
        ? "int32"
        : type.hasRawClass(Long.class)
            ? "int64"
            : type.hasRawClass(Boolean.class)
                ? "bool"
                : type.hasRawClass(String.class)
                    ? "string"
                    : type.isCollectionLikeType()
                        ? "[]" + go(type.getContentType())
                        : "v1." + type.getRawClass().getSimpleName();
  }

  /** What the value should be and is, or an empty text when it is that. */
  private static String expected(JsonNode value, JavaType type) {
    if (value.isNull()) {
      return "";
    }
    if (type.isMapLikeType() || Models.isModel(type)) {
      return value.isObject() ? "" : "map, got &{" + GoText.plain(value) + "}";
    }
    if (type.isCollectionLikeType()) {
      return value.isArray() ? "" : "list, got &{" + GoText.plain(value) + "}";
    }
    if (Quantities.isQuantity(type)) {
      return value.isValueNode() ? "" : "any scalar, got &{" + GoText.plain(value) + "}";
    }
    if (type.hasRawClass(String.class)) {
      return value.isTextual() ? "" : "string, got &value.valueUnstructured{Value:" + GoText.syntax(value) + "}";
    }
    if (type.hasRawClass(Boolean.class)) {
      return value.isBoolean() ? "" : "boolean, got &{" + GoText.plain(value) + "}";
    }
    return Number.class.isAssignableFrom(type.getRawClass()) && !value.isNumber()
        ? "numeric (int or float), got " + GoText.type(value)
        : "";
  }
}
