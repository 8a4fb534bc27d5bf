package io.hyperfleet.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;

/**
 * Whether two JSON values are equal in meaning, regardless of the order of keys and the notation of numbers (1, 1.0,
 * 1e0).
 */
public final class JsonEquality {

  private JsonEquality() {}

  public static boolean same(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue()) == 0;
    }
    if (left.isObject() && right.isObject()) {
      return left.size() == right.size() && left.properties().stream()
          .allMatch(entry -> right.has(entry.getKey()) && same(entry.getValue(), right.get(entry.getKey())));
    }
    if (left.isArray() && right.isArray()) {
      return left.size() == right.size()
          && IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
    }
    return left.equals(right);
  }
}
