package io.hyperfleet.operation;

import java.time.Duration;

/**
 * Exponential backoff, doubled after each failure.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 */
public record Backoff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The pause after so many failures in a row.
   *
   * @param failures 1 after the first one
   */
  public Duration after(int failures) {
    var pause = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
