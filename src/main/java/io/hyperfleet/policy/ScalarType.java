package io.hyperfleet.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Scalar fields. Values are not converted: {@code "8080"} is not a number, and {@code true} is not text.
 */
enum ScalarType implements FieldType {

  TEXT("text", "string(...)") {
    @Override
    boolean accepts(Object value) {
      return value instanceof String;
    }
  },
  INTEGER("a whole number of 32 bits", "int(...)") {
    @Override
    boolean accepts(Object value) {
      return value instanceof Integer || value instanceof Long number && number.intValue() == number;
    }
  },
  LONG("a whole number of 64 bits", "int(...)") {
    @Override
    boolean accepts(Object value) {
      return value instanceof Integer || value instanceof Long;
    }
  },
  NUMBER("a number", "double(...)") {
    @Override
    boolean accepts(Object value) {
      return isFinite(value);
    }
  },
  BOOLEAN("true or false", "a comparison") {
    @Override
    boolean accepts(Object value) {
      return value instanceof Boolean;
    }
  },
  /** As Kubernetes reads quantities: a decimal number, and a unit or an exponent. */
  QUANTITY("a quantity, a number such as 2, 500m, 1.5 or 64Mi", "string(...) with a unit") {
    @Override
    boolean accepts(Object value) {
      return isFinite(value) || value instanceof String text && QUANTITIES.matcher(text).matches();
    }
  },
  INT_OR_STRING("a whole number of 32 bits, or text", "int(...)") {
    @Override
    boolean accepts(Object value) {
      return value instanceof String || INTEGER.accepts(value);
    }
  };

  private static final Pattern QUANTITIES = Pattern
      .compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

  private final String words;
  private final String function;

  ScalarType(String words, String function) {
    this.words = words;
    this.function = function;
  }

  abstract boolean accepts(Object value);

  /** What makes a value of this type of another one in CEL. */
  String function() {
    return function;
  }

  /** Whether a text can be right. */
  boolean takesText() {
    return this == TEXT || this == QUANTITY || this == INT_OR_STRING;
  }

  @Override
  public void check(Object value, String path, List<ManifestProblem> found) {
    if (value != Unknown.VALUE && !(value == Unknown.TEXT && takesText()) && !accepts(value)) {
      found.add(new ManifestProblem(path, "must be " + words, this, value));
    }
  }

  static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
