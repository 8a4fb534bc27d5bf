package io.hyperfleet.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;

/**
 * What a request body may hold beyond being JSON: 100 levels, numbers that PostgreSQL keeps without growing them, and
 * text that PostgreSQL stores (no U+0000, no half of a surrogate pair).
 */
public final class JsonLimits {

  static final int MAX_DEPTH = 100;
  private static final int MAX_EXPONENT = 400;

  private JsonLimits() {}

  /**
   * Checks a whole body.
   *
   * @throws Problem {@code MALFORMED} at the first thing that goes beyond a limit
   */
  public static void check(JsonNode body) {
    check(body, 1);
  }

  private static void check(JsonNode node, int depth) {
    if (node.isContainerNode() && depth > MAX_DEPTH) {
      throw malformed("Request body is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (node.isObject()) {
      node.properties().forEach(entry -> {
        checkText(entry.getKey());
        check(entry.getValue(), depth + 1);
      });
    } else if (node.isArray()) {
      node.forEach(item -> check(item, depth + 1));
    } else if (node.isTextual()) {
      checkText(node.textValue());
    } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_EXPONENT) {
      throw malformed("Request body has a number whose exponent is beyond " + MAX_EXPONENT);
    }
  }

  private static void checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw malformed("Request body has a text with U+0000, which cannot be stored");
      }
      if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw malformed("Request body has a text with half of a surrogate pair, which cannot be stored");
      }
    }
  }

  private static Problem malformed(String detail) {
    return new Problem(ProblemCode.MALFORMED, detail);
  }
}
