package io.hyperfleet.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.outbox.OutboxRowsWritten;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.tenancy.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handles events requested by a Sentinel or a user. A batch is one transaction with a fixed number of statements. Any
 * number of Sentinels may request events: only one of them advances the schedule that they read.
 */
@Service
@ConditionalOnRole(Role.API)
public class EventService {

  private final EventTargets targets;
  private final EventStore store;
  private final OutboxWriter outbox;
  private final ApplicationEventPublisher publisher;
  private final Kinds kinds;
  private final Schedule schedule;

  EventService(EventTargets targets, EventStore store, OutboxWriter outbox,
      ApplicationEventPublisher publisher, Kinds kinds, Schedule schedule) {
    this.targets = targets;
    this.store = store;
    this.outbox = outbox;
    this.publisher = publisher;
    this.kinds = kinds;
    this.schedule = schedule;
  }

  /**
   * Handles one request.
   *
   * @param tenant for whom the resource must exist
   * @throws Problem {@code VALIDATION} or {@code NOT_FOUND}
   */
  @Transactional
  public EventOutcome post(ObjectNode body, Tenant tenant) {
    var answer = take(List.of(EventRequest.parse(body, kinds)), tenant).get(0);
    if (answer.rejection() != null) {
      throw answer.rejection();
    }
    return answer;
  }

  /** Handles a batch; a problem of an item is in its result and does not affect others. */
  @Transactional
  public List<EventOutcome> postAll(JsonNode items, Tenant tenant) {
    var answers = new EventOutcome[items.size()];
    var requests = new LinkedHashMap<Integer, EventRequest>();
    for (int i = 0; i < items.size(); i++) {
      try {
        requests.put(i, EventRequest.parse(object(items.get(i)), kinds));
      } catch (Problem e) {
        answers[i] = EventOutcome.rejected(items.get(i).path("aggregate_id").textValue(), e);
      }
    }
    var taken = take(List.copyOf(requests.values()), tenant);
    int position = 0;
    for (int i : requests.keySet()) {
      answers[i] = taken.get(position++);
    }
    return List.of(answers);
  }

  /**
   * Makes a dead event pending again.
   *
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it is not dead
   */
  @Transactional
  public void retry(UUID id, Tenant tenant) {
    var event = store.read(id, tenant).orElseThrow(() -> Problem.notFound("Event", id.toString()));
    if (!store.revive(id)) {
      throw new Problem(ProblemCode.STATE_CONFLICT,
          "Event '" + id + "' is " + event.status() + "; only a dead event can be retried");
    }
    publisher.publishEvent(new OutboxRowsWritten(List.of()));
  }

  private List<EventOutcome> take(List<EventRequest> requests, Tenant tenant) {
    if (requests.isEmpty()) {
      return List.of();
    }
    var intake = new EventIntake(schedule, targets.lock(byKind(requests), tenant));
    var answers = requests.stream().map(intake::take).toList();
    targets.write(intake.moved(), outbox.write(intake.entries()));
    return answers;
  }

  private static Map<Kind, List<UUID>> byKind(List<EventRequest> requests) {
    return requests.stream().filter(request -> request.id() != null)
        .collect(Collectors.groupingBy(EventRequest::kind, LinkedHashMap::new,
            Collectors.mapping(EventRequest::id, Collectors.toList())));
  }

  private static ObjectNode object(JsonNode item) {
    if (item instanceof ObjectNode object) {
      return object;
    }
    throw new Problem(ProblemCode.VALIDATION, "an item must be an object");
  }
}
