package io.hyperfleet.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * An aggregated condition of a resource.
 *
 * @param status {@code True} or {@code False}
 * @param observedGeneration generation that the condition speaks about
 * @param createdTime when the condition first existed
 * @param lastUpdatedTime age of the oldest evidence for it
 * @param lastTransitionTime when the status last changed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    int observedGeneration,
    Instant createdTime,
    Instant lastUpdatedTime,
    Instant lastTransitionTime) {

  static final String TRUE = "True";
  static final String FALSE = "False";

  boolean holds() {
    return TRUE.equals(status);
  }

  Condition as(String otherType) {
    return new Condition(otherType, status, reason, message, observedGeneration, createdTime, lastUpdatedTime,
        lastTransitionTime);
  }
}
