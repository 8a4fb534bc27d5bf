package io.hyperfleet.adapter.workload;

import java.util.Map;

/**
 * What the Jobs of an event have returned; routes see it as {@code returned}.
 *
 * @param resources the adapter's objects as expressions see them, Jobs with their results
 * @param outputs what Jobs have returned, empty where that is nothing, by the names under which launches are reported
 * @param lost whether there is a Job that has succeeded of which nobody can say any more what it has returned: its pod
 * is gone
 */
public record Returned(Map<String, Object> resources, Map<String, String> outputs, boolean lost) {

  /** Adds to what a report says of a Job what it has returned; of another attempt that is not known. */
  public void addTo(Map<String, Object> launched) {
    var output = outputs.get(launched.get("object"));
    if (output != null && launched.containsKey("result")) {
      launched.put("output", output);
    }
  }
}
