package io.hyperfleet.adapter.workload;

import java.util.List;
import java.util.Map;

/**
 * What one event knows of the objects of its resource-adapter; routes see it as {@code known}.
 *
 * @param resources each object as it is now, by the manifest's name; grows while they are applied
 * @param launches the Jobs among them
 * @param existing finds what is there
 */
public record KnownObjects(Map<String, Object> resources, ResourceLaunches launches, ExistingObjects existing) {

  /** What the report says of the Jobs among them. */
  public List<Map<String, Object>> launched() {
    return launches.reported();
  }
}
