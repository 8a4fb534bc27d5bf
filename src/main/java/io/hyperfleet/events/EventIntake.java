package io.hyperfleet.events;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.ResourceEvents;
import io.hyperfleet.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Processes a batch of requests in order, for locked resources. Collects new events and resources with a new schedule.
 */
final class EventIntake {

  private final Schedule schedule;
  private final Map<UUID, EventTarget> targets;
  private final Map<EventTargets.Waiting, UUID> waiting;
  private final Instant now;
  private final List<OutboxEntry> entries = new ArrayList<>();
  private final Map<UUID, EventTarget> moved = new LinkedHashMap<>();

  EventIntake(Schedule schedule, EventTargets.Locked locked) {
    this.schedule = schedule;
    this.targets = locked.targets();
    this.waiting = locked.waiting();
    this.now = locked.time();
  }

  EventOutcome take(EventRequest request) {
    var target = request.id() == null ? null : targets.get(request.id());
    if (target == null || !target.kind().equals(request.kind().name())) {
      return EventOutcome.rejected(request.aggregateId(),
          Problem.notFound(request.kind().name(), request.aggregateId()));
    }
    if (request.generation() != null && request.generation() > target.generation()) {
      return EventOutcome.rejected(request.aggregateId(), Problem.invalid(new FieldError("generation",
          "generation must be at most the current one, " + target.generation(), request.generation(), "max")));
    }
    if (target.pausedTime() != null) {
      return EventOutcome.rejected(request.aggregateId(), new Problem(ProblemCode.STATE_CONFLICT,
          target.kind() + " '" + target.id() + "' is paused by " + target.pausedBy() + " since " + target.pausedTime()
              + ": resume it first"));
    }
    if (request.nextEventTime() != null) {
      if (!request.nextEventTime().equals(target.position().nextEventTime())) {
        return EventOutcome.of(request, null, EventOutcome.Status.COALESCED);
      }
      var queued = waiting.containsKey(key(request))
          ? Optional.<Schedule.Position>empty()
          : schedule.whileQueued(target.position(), target.state(), now);
      if (queued.isPresent()) {
        move(target, queued.get());
        return EventOutcome.of(request, null, EventOutcome.Status.COALESCED);
      }
    }
    return write(request, move(target, schedule.afterEvent(
        target.position(), target.state(), now, ThreadLocalRandom.current().nextDouble(-1, 1))));
  }

  private EventTarget move(EventTarget target, Schedule.Position position) {
    var next = target.at(position);
    targets.put(next.id(), next);
    moved.put(next.id(), next);
    return next;
  }

  List<OutboxEntry> entries() {
    return entries;
  }

  Collection<EventTarget> moved() {
    return moved.values();
  }

  private EventOutcome write(EventRequest request, EventTarget target) {
    var key = key(request);
    var present = waiting.get(key);
    if (present != null) {
      return EventOutcome.of(request, present, EventOutcome.Status.COALESCED);
    }
    Kind kind = request.kind();
    var entry = new OutboxEntry(UuidV7.next(), kind.name(), target.id().toString(), request.eventType(),
        target.generation(), request.reason(), request.source(),
        ResourceEvents.data(kind, target.id(), target.href(), target.generation(), target.owner()));
    entries.add(entry);
    waiting.put(key, entry.eventId());
    return EventOutcome.of(request, entry.eventId(), EventOutcome.Status.ACCEPTED);
  }

  private static EventTargets.Waiting key(EventRequest request) {
    return new EventTargets.Waiting(request.id().toString(), request.eventType());
  }
}
