package io.hyperfleet.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Conversions between Java's types and columns. Times are {@code timestamptz}: UTC, microseconds. */
public final class Columns {

  private Columns() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public static OffsetDateTime timestamp(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** For arrays of {@code text} that the statement casts to {@code timestamptz[]}. */
  public static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
