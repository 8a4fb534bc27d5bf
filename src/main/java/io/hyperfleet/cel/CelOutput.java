package io.hyperfleet.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts CEL results to plain Java values that share nothing with the variables. */
final class CelOutput {

  private CelOutput() {}

  /**
   * Long, Double, Boolean, String, List, Map with string keys, or null. A timestamp becomes RFC 3339 text, a duration
   * CEL's text ({@code 90s}), bytes base64, an optional its value or null.
   */
  static Object of(Object value, EvaluationBudget budget) {
    budget.weigh(value);
    return plain(value, budget);
  }

  private static Object plain(Object value, EvaluationBudget budget) {
    if (value == null || value instanceof NullValue) {
      return null;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
      return value;
    }
    if (value instanceof List<?> list) {
      budget.build(EvaluationBudget.list(list.size()));
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(plain(item, budget)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      budget.build(EvaluationBudget.entries(map.size()));
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item, budget)));
      return copy;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(item -> plain(item, budget)).orElse(null);
    }
    return scalar(value, budget);
  }

  private static Object scalar(Object value, EvaluationBudget budget) {
    if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_INSTANT.format(instant);
    }
    if (value instanceof Duration duration) {
      return text(duration);
    }
    if (value instanceof UnsignedLong number) {
      if (number.bigIntegerValue().bitLength() >= Long.SIZE) {
        throw new IllegalArgumentException("the result is an unsigned number above 2^63 - 1");
      }
      return number.longValue();
    }
    if (value instanceof CelByteString bytes) {
      budget.build(4L * bytes.size());
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
    if (value instanceof TypeType type) {
      return type.type().name();
    }
    if (value instanceof CelType type) {
      return type.name();
    }
    throw new IllegalArgumentException("the result is not a value (a variable may be missing)");
  }

  private static String text(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return seconds.signum() == 0 ? "0s" : seconds.stripTrailingZeros().toPlainString() + "s";
  }
}
