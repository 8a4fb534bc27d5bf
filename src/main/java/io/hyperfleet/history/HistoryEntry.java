package io.hyperfleet.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.UUID;

/**
 * An entry in a resource's history. Fields that do not apply are null and omitted.
 *
 * @param type {@code report}, {@code event} or {@code action}
 * @param adapter the adapter of the report or action
 * @param status of a report: its Available
 * @param reason of a report, or of an event
 * @param finalized whether a report says that the adapter has cleaned up
 * @param attempt of its Job, where that is known
 * @param action the action of a user: retry, pause or resume
 * @param by who did it
 * @param state of an event: pending, published or dead
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryEntry(Instant time, String type, String adapter, int generation, String status, String reason,
    String message, Boolean finalized, Integer attempt, String action, String by, UUID eventId, String state) {}
