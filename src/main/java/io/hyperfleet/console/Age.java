package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A time and its age for a page.
 *
 * @param at null where it is not known
 * @param now the same for all of a page
 */
record Age(Instant at, Instant now) {

  static Age of(JsonNode time, Instant now) {
    if (!time.isTextual()) {
      return new Age(null, now);
    }
    try {
      return new Age(Instant.parse(time.asText()), now);
    } catch (DateTimeParseException e) {
      return new Age(null, now);
    }
  }

  public boolean known() {
    return at != null;
  }

  /** Such as "40 s", "12 min", "3 h 5 min", "2 d 4 h"; empty where the time is not known. */
  public String words() {
    if (at == null) {
      return "";
    }
    var age = Duration.between(at, now);
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String pair(long large, String unit, long small, String part) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
  }

  /** To the second, in UTC. */
  public String exact() {
    return at == null ? "" : Instant.ofEpochSecond(at.getEpochSecond()).toString();
  }
}
