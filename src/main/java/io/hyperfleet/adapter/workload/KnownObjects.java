package io.hyperfleet.adapter.workload;

import java.util.List;
import java.util.Map;

/**
 * The objects of a resource-adapter known during an event; routes see it as {@code known}.
 *
 * @param resources the current objects by the manifest's name; grows while they are applied
 * @param launches the Jobs among them
 * @param existing finds existing objects
 */
public record KnownObjects(Map<String, Object> resources, ResourceLaunches launches, ExistingObjects existing) {

  /** The launches of Jobs among them, for the report. */
  public List<Map<String, Object>> launched() {
    return launches.reported();
  }
}
