package io.hyperfleet.adapter.event;

import java.time.Instant;

/**
 * The database's time from the API's response, plus the time elapsed since, so that reports are ordered correctly even
 * if an adapter's own clock is wrong.
 *
 * @param told time in the response
 * @param nanos {@link System#nanoTime()} at its arrival
 */
public record ApiTime(Instant told, long nanos) {

  public static ApiTime received(Instant told) {
    return new ApiTime(told, System.nanoTime());
  }

  public Instant now() {
    return told.plusNanos(System.nanoTime() - nanos);
  }
}
