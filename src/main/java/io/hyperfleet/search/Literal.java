package io.hyperfleet.search;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * A value in a search.
 *
 * @param text the literal without quotes
 * @param number its value when the type is NUMBER, else null
 * @param pattern its meaning for {@code like}
 */
record Literal(Type type, String text, BigDecimal number, String pattern, int position) {

  Literal(Type type, String text, BigDecimal number, int position) {
    this(type, text, number, text, position);
  }

  enum Type {
    TEXT, NUMBER, TIME, BOOLEAN, NULL
  }

  /** Years have four digits: all of them can be stored. */
  static final Pattern TIME = Pattern.compile(
      "\\d{4}-\\d{2}-\\d{2}([Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2}))?");

  static Literal text(Token token) {
    return new Literal(Type.TEXT, token.text(), null, token.pattern(), token.position());
  }

  static Literal keyword(Token token) {
    return switch (token.text()) {
      case "true", "false" -> new Literal(Type.BOOLEAN, token.text(), null, token.position());
      case "null" -> new Literal(Type.NULL, token.text(), null, token.position());
      default -> throw missing(token);
    };
  }

  static RuntimeException missing(Token token) {
    return InvalidSearch.at(token.position(), "expected a value, not " + token.shown() + "; put text in quotes");
  }

  /** The time, quoted or not; a date is its first moment in UTC. Null if it is not a time. */
  Instant instant() {
    if (type != Type.TIME && type != Type.TEXT || !TIME.matcher(text).matches()) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  Literal negated() {
    return new Literal(type, "-" + text, number.negate(), position);
  }

  boolean isNull() {
    return type == Type.NULL;
  }
}
