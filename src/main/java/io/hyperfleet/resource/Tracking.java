package io.hyperfleet.resource;

import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.status.Progress;

/**
 * State of a resource's events.
 *
 * @param reportedGeneration highest generation that any adapter has reported about, 0 = none
 * @param position when the next event is due
 * @param progress state of the limit on progress events
 */
public record Tracking(int reportedGeneration, Schedule.Position position, Progress.Window progress) {

  Tracking at(Schedule.Position newPosition) {
    return new Tracking(reportedGeneration, newPosition, progress);
  }
}
