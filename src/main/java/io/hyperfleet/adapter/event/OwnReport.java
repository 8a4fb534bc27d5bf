package io.hyperfleet.adapter.event;

import io.hyperfleet.json.StatusConditions;
import java.util.List;
import java.util.Map;

/**
 * The last report of an adapter on a resource, as returned by the API.
 *
 * @param report empty if it has not reported
 */
public record OwnReport(Map<?, ?> report) {

  public static OwnReport of(Map<String, ?> resource, String adapter) {
    return new OwnReport(resource.get("adapter_statuses") instanceof List<?> reports
        ? reports.stream()
            .filter(item -> item instanceof Map<?, ?> report && adapter.equals(report.get("adapter")))
            .<Map<?, ?>>map(OwnReport::map).findFirst().orElse(Map.of())
        : Map.of());
  }

  public Map<?, ?> metadata() {
    return map(report.get("metadata"));
  }

  /** A condition, empty if it was not reported. */
  public Map<?, ?> condition(String type) {
    return StatusConditions.find(report.get("conditions"), type);
  }

  public boolean isTrue(String type) {
    return StatusConditions.isTrue(condition(type));
  }

  /** Whether it is for this generation. */
  public boolean isOf(long generation) {
    return report.get("observed_generation") instanceof Number observed && observed.longValue() == generation;
  }

  /** The attempt requested for this generation, regardless of how many are allowed; 1 if none was requested. */
  public int wantedAttempt(long generation) {
    var retry = map(report.get("retry"));
    return retry.get("generation") instanceof Number of && of.longValue() == generation
        && retry.get("wanted_attempt") instanceof Number attempt ? attempt.intValue() : 1;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
