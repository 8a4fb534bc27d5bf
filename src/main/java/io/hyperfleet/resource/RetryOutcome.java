package io.hyperfleet.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.status.WantedRetry;
import java.time.Instant;
import java.util.UUID;

/**
 * The result of a requested retry.
 *
 * @param status {@code accepted}, or {@code unchanged} where there is nothing to retry
 * @param wantedAttempt the attempt that the adapter is to make, else null
 * @param eventId the event for the adapter, or null
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryOutcome(String adapter, String status, int generation, Integer wantedAttempt, Instant requestedTime,
    String requestedBy, UUID eventId, String message) {

  static RetryOutcome accepted(String adapter, WantedRetry retry, UUID eventId) {
    return new RetryOutcome(adapter, "accepted", retry.generation(), retry.wantedAttempt(), retry.requestedTime(),
        retry.requestedBy(), eventId, adapter + " will make attempt " + retry.wantedAttempt());
  }

  static RetryOutcome available(String adapter, int generation) {
    return new RetryOutcome(adapter, "unchanged", generation, null, null, null, null,
        adapter + " is Available at generation " + generation + ": nothing to retry");
  }

  /** Whether the adapter is to do something. */
  public boolean accepted() {
    return wantedAttempt != null;
  }
}
