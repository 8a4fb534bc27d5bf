package io.hyperfleet.dryrun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares actual with expected output; {@code ...} in expected text matches any text. */
final class GoldenMatch {

  private static final String ANY = "...";

  private GoldenMatch() {}

  /** Adds a line for each difference; other keys are ignored. */
  static void compare(String at, Object actual, Object expected, List<String> differences) {
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
      wanted.forEach((key, value) -> {
        if (value == null && found.get(key) != null) {
          differences.add(at + "." + key + ": is " + found.get(key) + ", must be absent");
        } else if (value != null) {
          compare(at + "." + key, found.get(key), value, differences);
        }
      });
    } else if (expected instanceof List<?> wanted && actual instanceof List<?> found) {
      if (wanted.size() != found.size()) {
        differences.add(at + ": has " + found.size() + " items, expected " + wanted.size() + ": " + found);
        return;
      }
      for (int i = 0; i < wanted.size(); i++) {
        compare(at + "[" + i + "]", found.get(i), wanted.get(i), differences);
      }
    } else if (!same(actual, expected)) {
      differences.add(at + ": is " + (actual == null ? "absent" : actual) + ", expected " + expected);
    }
  }

  /** The expected output, updated with the actual one where it differs, without additional keys. */
  static Object corrected(Object actual, Object expected) {
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
      Map<Object, Object> corrected = new LinkedHashMap<>();
      wanted.forEach((key, value) -> corrected.put(key, found.get(key) == null
          ? null
          : corrected(found.get(key), value)));
      return corrected;
    }
    if (expected instanceof List<?> wanted && actual instanceof List<?> found && wanted.size() == found.size()) {
      List<Object> corrected = new ArrayList<>();
      for (int i = 0; i < wanted.size(); i++) {
        corrected.add(corrected(found.get(i), wanted.get(i)));
      }
      return corrected;
    }
    return same(actual, expected) ? expected : actual;
  }

  private static boolean same(Object actual, Object expected) {
    if (actual instanceof String text && expected instanceof String pattern && pattern.contains(ANY)) {
      return Pattern.compile(Arrays.stream(pattern.split(Pattern.quote(ANY), -1)).map(Pattern::quote)
          .collect(Collectors.joining(".*")), Pattern.DOTALL).matcher(text).matches();
    }
    return actual instanceof Number one && expected instanceof Number other
        ? one.doubleValue() == other.doubleValue()
        : Objects.equals(actual, expected);
  }
}
