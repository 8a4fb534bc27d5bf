package io.hyperfleet.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

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

  /** Reasons that adapters of HyperFleet give when they do not look at their resources. */
  private static final Set<String> SKIPPED = Set.of("PreconditionsNotMet", "ResourcesSkipped");

  /**
   * Whether the adapter has done nothing for this event, and so has seen nothing: it says False of Applied and
   * Available though nothing went wrong, or says that it skipped its resources.
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

  /** Whether the adapter says that it has cleaned up. */
  public boolean finalized() {
    return conditions.stream().anyMatch(
        condition -> condition.type().equals(ReportedCondition.FINALIZED) && condition.status().equals(Condition.TRUE));
  }
}
