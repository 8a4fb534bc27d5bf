package io.hyperfleet.resource.list;

import io.hyperfleet.json.Rfc3339;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A position in the due list, which is ordered by time and id.
 *
 * @param time when the resource's next event was due
 */
public record DuePosition(OffsetDateTime time, UUID id) {

  /** Before all that is due; PostgreSQL has this time as {@code -infinity}. */
  public static final DuePosition FIRST = new DuePosition(OffsetDateTime.MIN, ResourceLists.FIRST);

  private static final String SEPARATOR = ",";

  /** Reads {@code <next_event_time>,<id>}; null when the text is something else. */
  public static DuePosition parse(String text) {
    var parts = text.split(SEPARATOR, -1);
    try {
      return parts.length == 2 ? new DuePosition(Rfc3339.parse(parts[0]), UUID.fromString(parts[1])) : null;
    } catch (DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }
}
