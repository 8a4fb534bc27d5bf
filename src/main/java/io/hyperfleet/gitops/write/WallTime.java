package io.hyperfleet.gitops.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Converts times of the monotonic clock to wall-clock time: the former starts with the process and does not follow
 * suspends or clock corrections.
 *
 * @param steady clock of the events
 * @param wall the time of the machine
 */
public record WallTime(Clock steady, Clock wall) {

  /** A moment of the steady clock, by the other. */
  public Instant of(Instant moment) {
    return wall.instant().minus(Duration.between(moment, steady.instant()));
  }
}
