package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Values as Go prints them, in the two ways of Kubernetes' errors. */
public final class GoText {

  private GoText() {
  }

  /** As {@code %v} does: {@code map[a:b]}, {@code [a b]}, {@code a}. */
  public static String plain(JsonNode value) {
    return value.isObject()
        ? new TreeSet<>(Json.fields(value)).stream().map(key -> key + ":" + plain(value.get(key)))
            .collect(Collectors.joining(" ", "map[", "]"))
        : value.isArray() ? items(value, GoText::plain, " ", "[", "]") : value.isNull() ? "<nil>" : number(value);
  }

  /** As {@code %#v} does: <code>map[string]interface {}{"a":"b"}</code>. */
  public static String syntax(JsonNode value) {
    if (value.isObject()) {
      return new TreeSet<>(Json.fields(value)).stream().map(key -> '"' + key + "\":" + syntax(value.get(key)))
          .collect(Collectors.joining(", ", "map[string]interface {}{", "}"));
    }
    return value.isArray()
        ? items(value, GoText::syntax, ", ", "[]interface {}{", "}")
        : value.isNull() ? "interface {}(nil)" : value.isTextual() ? value.toString() : number(value);
  }

  public static String type(JsonNode value) {
    return value.isTextual()
        ? "string"
        : value.isBoolean() ? "bool" : value.isArray() ? "[]interface {}" : "map[string]interface {}";
  }

  private static String items(JsonNode list, Function<JsonNode, String> printed, String between, String begin,
      String end) {
    return StreamSupport.stream(list.spliterator(), false).map(printed)
        .collect(Collectors.joining(between, begin, end));
  }

  private static String number(JsonNode value) {
    return value.isFloatingPointNumber()
        ? value.asText().replace("E", "e").replaceAll("\\.0(?=e|$)", "").replaceAll("e(?=\\d)", "e+")
        : value.asText();
  }
}
