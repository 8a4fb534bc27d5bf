package io.hyperfleet.status;

import java.time.Instant;
import java.util.Set;

/**
 * Further facts for the explanation of a status.
 *
 * @param pausedTime since when the resource is paused, or null
 * @param pausedBy who paused it, or null
 * @param suspended adapters that do nothing now
 * @param before the previous report of the adapter that has just reported; null unless exactly one report changed that
 * has changed
 */
public record Circumstances(Instant pausedTime, String pausedBy, Set<String> suspended, AdapterStatus before) {

  /** Nothing in particular. */
  public static final Circumstances NONE = new Circumstances(null, null, Set.of(), null);

  boolean paused() {
    return pausedTime != null;
  }
}
