package io.hyperfleet.status;

import java.time.Instant;
import java.util.Set;

/**
 * What a status is explained by, beside the reports.
 *
 * @param pausedTime since when the resource is paused, or null
 * @param pausedBy who paused it, or null
 * @param suspended adapters that do nothing now
 * @param before what the adapter that has just reported had reported until then; null when it is not just one report
 * that has changed
 */
public record Circumstances(Instant pausedTime, String pausedBy, Set<String> suspended, AdapterStatus before) {

  /** Nothing in particular. */
  public static final Circumstances NONE = new Circumstances(null, null, Set.of(), null);

  boolean paused() {
    return pausedTime != null;
  }
}
