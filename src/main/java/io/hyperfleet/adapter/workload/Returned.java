package io.hyperfleet.adapter.workload;

import java.util.Map;

/**
 * The results of an event's Jobs; routes see it as {@code returned}.
 *
 * @param resources the adapter's objects for expressions, Jobs with their results
 * @param outputs results of Jobs by the names of reported launches; empty if a Job returned nothing
 * @param lost whether the result of a succeeded Job is lost, since its pod is gone
 */
public record Returned(Map<String, Object> resources, Map<String, String> outputs, boolean lost) {

  /** Adds its result to a reported launch, unless it is of another attempt. */
  public void addTo(Map<String, Object> launched) {
    var output = outputs.get(launched.get("object"));
    if (output != null && launched.containsKey("result")) {
      launched.put("output", output);
    }
  }
}
