package io.hyperfleet.gitops.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What people's clocks show at a moment of the clock that windows are measured by: that one began with the process and
 * knows nothing of a machine that slept or of a clock that was put right since.
 *
 * @param steady what events are dated by
 * @param wall the time of the machine
 */
public record WallTime(Clock steady, Clock wall) {

  /** A moment of the steady clock, by the other. */
  public Instant of(Instant moment) {
    return wall.instant().minus(Duration.between(moment, steady.instant()));
  }
}
