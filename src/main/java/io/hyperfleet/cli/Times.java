package io.hyperfleet.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Converts the API's absolute times to ages at the time of display. */
record Times(Instant now) {

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** The age of a time in its two largest units, such as 45s, 12m, 3h5m, 2d4h; "-" without a time. */
  String age(String time) {
    var instant = parsed(time);
    return instant == null ? "-" : of(Duration.between(instant, now));
  }

  /** No negative ages if the clock is behind the API's. */
  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + "m";
    }
    return seconds < DAY ? two(seconds, HOUR, "h", MINUTE, "m") : two(seconds, DAY, "d", HOUR, "h");
  }

  private static String two(long seconds, long large, String largeUnit, long small, String smallUnit) {
    long rest = seconds % large / small;
    return seconds / large + largeUnit + (rest == 0 ? "" : rest + smallUnit);
  }

  /** A sentence with ages appended to its times. */
  String sentence(String text) {
    return TIME.matcher(text).replaceAll(found -> {
      var age = age(found.group());
      return age.equals("-") ? found.group() : found.group() + " (" + age + " ago)";
    });
  }

  static Instant parsed(String time) {
    try {
      return time == null || time.isEmpty() ? null : Instant.parse(time);
    } catch (DateTimeException e) {
      // Shown unchanged, or as no time.
      return null;
    }
  }
}
