package io.hyperfleet.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;

/**
 * The aggregated status of a resource in responses.
 *
 * @param observedGeneration least generation that every required adapter has reported about, 0 while one is missing
 * @param lastTransitionTime when the phase last changed
 * @param lastUpdatedTime age of the oldest evidence at the current generation
 * @param conditions Reconciled, LastKnownReconciled, Validated, then one for each required adapter; empty for a kind
 * without required adapters
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ResourceStatus(
    Phase phase,
    int observedGeneration,
    Instant lastTransitionTime,
    Instant lastUpdatedTime,
    List<Condition> conditions) {

  public boolean ready() {
    return phase == Phase.READY;
  }
}
