package io.hyperfleet.adapter.event;

import io.hyperfleet.json.StatusConditions;
import java.util.List;
import java.util.Map;

/**
 * What an adapter reported last about a resource, as the API shows it.
 *
 * @param report empty when it has not reported
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

  /** A condition, empty when it was not reported. */
  public Map<?, ?> condition(String type) {
    return StatusConditions.find(report.get("conditions"), type);
  }

  public boolean isTrue(String type) {
    return StatusConditions.isTrue(condition(type));
  }

  /** Whether it is about this generation. */
  public boolean isOf(long generation) {
    return report.get("observed_generation") instanceof Number observed && observed.longValue() == generation;
  }

  /** The attempt that somebody wants at this generation, however many are allowed; 1 where nobody has asked. */
  public int wantedAttempt(long generation) {
    var retry = map(report.get("retry"));
    return retry.get("generation") instanceof Number of && of.longValue() == generation
        && retry.get("wanted_attempt") instanceof Number attempt ? attempt.intValue() : 1;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
