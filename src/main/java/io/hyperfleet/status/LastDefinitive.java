package io.hyperfleet.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * An adapter's last report whose Available was True or False: the evidence that aggregates use. Unknown is no evidence.
 *
 * @param status {@code True} or {@code False}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastDefinitive(
    String status,
    String reason,
    String message,
    int observedGeneration,
    Instant observedTime,
    JsonNode data) {

  boolean available() {
    return Condition.TRUE.equals(status);
  }
}
