package io.hyperfleet.events;

import io.hyperfleet.resource.ObjectReference;
import io.hyperfleet.schedule.Schedule;
import java.time.Instant;
import java.util.UUID;

/** A locked resource for requested events, with the data of its schedule. */
record EventTarget(
    UUID id, String kind, String href, ObjectReference owner, int generation, Instant pausedTime, String pausedBy,
    Schedule.State state, Schedule.Position position) {

  EventTarget at(Schedule.Position newPosition) {
    return new EventTarget(id, kind, href, owner, generation, pausedTime, pausedBy, state, newPosition);
  }
}
