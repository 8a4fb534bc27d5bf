package io.hyperfleet.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Fast parsing of times in the format that PostgreSQL and this product write to JSON, such as {@code
 * 2026-01-31T12:00:00.123456+00:00}. A resource with four reports has fifty of them, for which Jackson's parser takes
 * ten times as long; it still parses all other formats.
 */
public final class StoredInstants extends StdScalarDeserializer<Instant> {

  private static final int SECONDS_A_DAY = 86_400;
  private static final int TO_SECONDS = "2026-01-31T12:00:00".length();
  private static final int NANO_DIGITS = 9;
  private static final String OFFSET = "+00:00";
  private static final int NONE = -1;

  private StoredInstants() {
    super(Instant.class);
  }

  /** The same mapper with times read like this. */
  public static ObjectMapper readBy(ObjectMapper json) {
    return json.copy().registerModule(new SimpleModule("stored-instants").addDeserializer(Instant.class,
        new StoredInstants()));
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    var found = parser.currentToken() == JsonToken.VALUE_STRING ? parse(parser.getText()) : null;
    return found == null ? InstantDeserializer.INSTANT.deserialize(parser, context) : found;
  }

  /** The time that a text says, or null when it is of another form. */
  static Instant parse(String text) {
    int zone = endOfFraction(text);
    if (zone == NONE || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != 'T'
        || text.charAt(13) != ':' || text.charAt(16) != ':') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, TO_SECONDS);
    int offset = offset(text, zone);
    if (year == NONE || month < 1 || month > 12 || day < 1 || day > 28 && day > lastDay(year, month) || hour == NONE
        || hour > 23 || minute == NONE || minute > 59 || second == NONE || second > 59 || offset == Integer.MIN_VALUE) {
      return null;
    }
    return Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY
        + LocalTime.of(hour, minute, second).toSecondOfDay() - offset, nanos(text, zone));
  }

  private static int lastDay(int year, int month) {
    return LocalDate.of(year, month, 1).lengthOfMonth();
  }

  /** Where the zone begins. */
  private static int endOfFraction(String text) {
    if (text.length() <= TO_SECONDS) {
      return NONE;
    }
    if (text.charAt(TO_SECONDS) != '.') {
      return TO_SECONDS;
    }
    int end = TO_SECONDS + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - TO_SECONDS - 1;
    return digits >= 1 && digits <= NANO_DIGITS && end < text.length() ? end : NONE;
  }

  private static long nanos(String text, int zone) {
    long nanos = 0;
    for (int i = 1; i <= NANO_DIGITS; i++) {
      int at = TO_SECONDS + i;
      nanos = nanos * 10 + (at < zone ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  private static int offset(String text, int zone) {
    char sign = text.charAt(zone);
    if (sign == 'Z' && text.length() == zone + 1) {
      return 0;
    }
    if (sign != '+' && sign != '-' || text.length() != zone + OFFSET.length() || text.charAt(zone + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, zone + 1, zone + 3);
    int minutes = number(text, zone + 4, zone + 6);
    if (hours == NONE || hours > 17 || minutes == NONE || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return NONE;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
