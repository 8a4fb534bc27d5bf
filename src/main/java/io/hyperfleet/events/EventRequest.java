package io.hyperfleet.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.outbox.OutboxEntry.Source;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.schedule.DueReason;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A requested event.
 *
 * @param aggregateId as sent
 * @param id the parsed id, or null if invalid
 * @param generation generation that the caller has seen, or null
 * @param nextEventTime the next_event_time that the caller has seen, which only one caller may advance; null = any
 */
public record EventRequest(
    Kind kind, String aggregateId, UUID id, Integer generation, String reason, String eventType,
    Instant nextEventTime) {

  private static final int LONGEST_REASON = 256;
  private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9._-]{0,99}");

  /**
   * Reads a request in either form: {@code {aggregate_type, aggregate_id, ...}} or {@code {resourceType, resourceId,
   * reason}}.
   *
   * @throws Problem {@code VALIDATION}
   */
  static EventRequest parse(ObjectNode body, Kinds kinds) {
    var fields = new JsonFields(body);
    var type = fields.string("aggregate_type", "aggregateType", "resource_type", "resourceType");
    var id = fields.string("aggregate_id", "aggregateId", "cluster_id", "clusterId", "resource_id", "resourceId");
    var generation = fields.integer("generation");
    var reason = fields.string("reason");
    var eventType = fields.string("event_type", "eventType");
    var nextEventTime = fields.time("next_event_time", "nextEventTime");
    fields.throwIfWrong();
    if (id == null || id.isEmpty()) {
      throw Problem.invalid(FieldError.required("aggregate_id"));
    }
    var kind = kinds.find(type == null ? "Cluster" : type).orElseThrow(() -> Problem.invalid(
        new FieldError("aggregate_type", "aggregate_type must be one of " + kinds.names(), type, "enum")));
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw Problem.invalid(new FieldError(
          "reason", "reason must be at most " + LONGEST_REASON + " characters", null, "max_length"));
    }
    if (eventType != null && !EVENT_TYPE.matcher(eventType).matches()) {
      throw Problem.invalid(new FieldError("event_type", "event_type must be at most 100 lower-case letters, digits, "
          + "'.', '_' and '-', and start with a letter", eventType, "pattern"));
    }
    if (fields.has("data")) {
      throw new Problem(ProblemCode.VALIDATION, "field 'data' is not supported: the API creates the data of an event");
    }
    return new EventRequest(kind, id, UuidV7.parse(id), generation,
        reason == null || reason.isBlank() ? "manual" : reason,
        eventType == null ? kind.eventType() : eventType, nextEventTime);
  }

  Source source() {
    return nextEventTime != null || DueReason.known(reason) ? Source.SENTINEL : Source.MANUAL;
  }
}
