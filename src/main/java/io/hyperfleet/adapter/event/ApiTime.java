package io.hyperfleet.adapter.event;

import java.time.Instant;

/**
 * The database's clock as the API told it, plus what has gone by here since: reports of adapters whose own clocks are
 * wrong still come in the right order.
 *
 * @param told the time that came with the answer
 * @param nanos {@link System#nanoTime()} when it came
 */
public record ApiTime(Instant told, long nanos) {

  public static ApiTime received(Instant told) {
    return new ApiTime(told, System.nanoTime());
  }

  public Instant now() {
    return told.plusNanos(System.nanoTime() - nanos);
  }
}
