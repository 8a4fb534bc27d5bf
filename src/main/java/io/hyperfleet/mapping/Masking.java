package io.hyperfleet.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Hides likely secrets from expressions, so that no condition can show them. */
final class Masking {

  static final String MASK = "***REDACTED***";
  private static final Set<String> SENSITIVE = Set.of("password", "secret", "token", "apikey", "credential",
      "privatekey", "passwd", "authorization");

  private Masking() {}

  /** A copy of plain data in which the value of every key that speaks of a secret is replaced. */
  static Object mask(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<Object, Object>();
      map.forEach((key, inner) -> copy.put(key, sensitive(key.toString()) ? MASK : mask(inner)));
      return copy;
    }
    return value instanceof List<?> list ? list.stream().map(Masking::mask).toList() : value;
  }

  private static boolean sensitive(String key) {
    var plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return SENSITIVE.stream().anyMatch(plain::contains);
  }
}
