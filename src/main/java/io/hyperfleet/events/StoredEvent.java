package io.hyperfleet.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the outbox, for operators and tests.
 *
 * @param payload the CloudEvent's data
 * @param status pending, published or dead
 * @param attempts number of attempts to publish it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredEvent(
    UUID eventId,
    String aggregateType,
    String aggregateId,
    String eventType,
    int generation,
    String reason,
    String source,
    JsonNode payload,
    boolean published,
    String status,
    int attempts,
    Instant nextAttemptTime,
    String lastError,
    Instant publishedTime,
    Instant createdTime) {}
