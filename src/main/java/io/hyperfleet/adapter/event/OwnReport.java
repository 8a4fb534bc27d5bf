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

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
