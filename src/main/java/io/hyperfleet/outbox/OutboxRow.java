package io.hyperfleet.outbox;

import io.hyperfleet.trace.TraceContext;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * A claimed row of the outbox.
 *
 * @param eventId UUIDv7; also the id of the CloudEvent, the same however often it is published
 * @param aggregateType kind of the resource, such as {@code Cluster}
 * @param reason why there is the event: the extension of that name
 * @param payload the CloudEvent's data, as JSON text
 * @param cause trace of its cause
 */
record OutboxRow(
    String eventId,
    String aggregateType,
    String aggregateId,
    String eventType,
    String reason,
    String source,
    String payload,
    TraceContext cause,
    OffsetDateTime createdTime) {

  static OutboxRow of(Map<String, Object> columns) {
    return new OutboxRow(
        (String) columns.get("event_id"),
        (String) columns.get("aggregate_type"),
        (String) columns.get("aggregate_id"),
        (String) columns.get("event_type"),
        (String) columns.get("reason"),
        (String) columns.get("source"),
        (String) columns.get("payload"),
        new TraceContext((String) columns.get("traceparent"), (String) columns.get("tracestate")),
        ((java.sql.Timestamp) columns.get("created_time")).toInstant().atOffset(ZoneOffset.UTC));
  }
}
