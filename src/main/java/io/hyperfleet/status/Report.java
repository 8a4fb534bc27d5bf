package io.hyperfleet.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A report from an adapter, with validated format.
 *
 * @param observedGeneration generation that the adapter acted on; null in the flat form, which means the current one
 * @param observedTime when the adapter observed this; null means now
 * @param data never null
 * @param launched the Jobs that the adapter has launched, or null if unknown
 * @param adapterRevision the revision of the adapter's folder that it acted by, or null if unknown
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

  /** Reasons that HyperFleet's adapters give when they do not process their resources. */
  private static final Set<String> SKIPPED = Set.of("PreconditionsNotMet", "ResourcesSkipped");

  /**
   * Whether the adapter has done and observed nothing for this event: Applied and Available are False without an error,
   * or it reports that it skipped its resources.
   */
  boolean skipped() {
    return has(ReportedCondition.APPLIED, Condition.FALSE) && has(ReportedCondition.AVAILABLE, Condition.FALSE)
        && (has(ReportedCondition.HEALTH, Condition.TRUE)
            || conditions.stream().anyMatch(condition -> SKIPPED.contains(String.valueOf(condition.reason()))));
  }

  private boolean has(String type, String status) {
    return conditions.stream()
        .anyMatch(condition -> condition.type().equals(type) && condition.status().equals(status));
  }

  /** Whether the adapter reports that it has cleaned up. */
  public boolean finalized() {
    return conditions.stream().anyMatch(
        condition -> condition.type().equals(ReportedCondition.FINALIZED) && condition.status().equals(Condition.TRUE));
  }
}
