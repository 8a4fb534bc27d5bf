package io.hyperfleet.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A report as an adapter sent it, with its form checked.
 *
 * @param observedGeneration generation that the adapter acted on; null in the flat form, which means the current one
 * @param observedTime when the adapter looked; null means now
 * @param data never null
 * @param launched the Jobs that the adapter has launched, or null when it does not say
 * @param adapterRevision the revision of the adapter's folder that it acted by, or null when it does not say
 */
public record Report(
    String adapter,
    Integer observedGeneration,
    Instant observedTime,
    List<ReportedCondition> conditions,
    JsonNode data,
    JsonNode metadata,
    JsonNode launched,
    String adapterRevision) {

  /** Whether the adapter says that it has cleaned up. */
  public boolean finalized() {
    return conditions.stream().anyMatch(
        condition -> condition.type().equals(ReportedCondition.FINALIZED) && condition.status().equals(Condition.TRUE));
  }
}
