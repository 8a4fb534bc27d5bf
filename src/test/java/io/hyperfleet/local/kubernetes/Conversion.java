package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.write.Models;
import io.hyperfleet.local.kubernetes.write.Quantities;
import java.util.Optional;
import java.util.Set;

/** What fits the schema and still cannot be read into the server's own structures, in its words. */
public final class Conversion {

  private static final Set<String> BINARY = Set.of("binaryData", "data");

  private Conversion() {
  }

  public static Optional<String> problem(ObjectNode object, JavaType type) {
    var properties = Models.fields(type);
    var secret = type.getRawClass().getSimpleName();
    return Json.fields(object).stream().filter(properties::containsKey).map(field -> binary(secret, field)
        ? base64(object.get(field))
        : value(object.get(field), properties.get(field))).flatMap(Optional::stream).findFirst();
  }

  private static boolean binary(String kind, String field) {
    return BINARY.contains(field) && (kind.equals("Secret") || kind.equals("ConfigMap") && !field.equals("data"));
  }

  private static Optional<String> base64(JsonNode values) {
    return Json.fields(values).stream().map(key -> values.get(key).asText())
        .filter(text -> !text.matches("[A-Za-z0-9+/]*={0,2}"))
        .findFirst().map(text -> "error decoding from json: illegal base64 data at input byte "
            + text.replaceFirst("[^A-Za-z0-9+/].*", "").length());
  }

  private static Optional<String> value(JsonNode value, JavaType type) {
    if (value.isNull()) {
      return Optional.empty();
    }
    if (Quantities.isQuantity(type)) {
      return value.isNumber() || value.isTextual() && Quantities.isQuantity(value.asText())
          ? Optional.empty()
          : Optional.of(Quantities.FORM);
    }
    if (type.hasRawClass(IntOrString.class)) {
      return value.isTextual() || value.isIntegralNumber()
          ? Optional.empty()
          : Optional.of("json: cannot unmarshal "
              + (value.isBoolean()
                  ? "bool"
                  : value.isArray() ? "array" : value.isObject() ? "object" : "number " + value.asText())
              + " into Go value of type int32");
    }
    if (value.isFloatingPointNumber() && (type.hasRawClass(Integer.class) || type.hasRawClass(Long.class))) {
      return Optional.of("cannot convert float64 to " + (type.hasRawClass(Integer.class) ? "int32" : "int64"));
    }
    if (value instanceof ObjectNode object && Models.isModel(type)) {
      return problem(object, type);
    }
    if (type.isContainerType()) {
      for (var item : value) {
        var problem = value(item, type.getContentType());
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }
}
