package io.hyperfleet.json;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** RFC 3339 times. */
public final class Rfc3339 {

  private static final int LAST_YEAR = 9999;

  private Rfc3339() {}

  /**
   * The time that a text spells.
   *
   * @throws DateTimeException when it is none, or of a year that has not four digits
   */
  public static OffsetDateTime parse(String text) {
    var time = OffsetDateTime.parse(text);
    if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("a year has four digits");
    }
    return time;
  }
}
