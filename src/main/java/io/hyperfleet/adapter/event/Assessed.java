package io.hyperfleet.adapter.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of evaluating an adapter's definition for the fetched resource; routes see it as {@code assessed}.
 *
 * @param available whether this adapter has already reported Available=True at this generation
 * @param applies whether it applies to the resource; not evaluated while the resource is being deleted
 * @param unmet names of the preconditions that are not met
 * @param failed errors in evaluating {@code appliesWhen} and the preconditions
 * @param fresh whether the adapter's last report is still fresh, so that no new one is needed
 * @param message what it waits for, or the errors; empty if there are none
 * @param facts the variables of the adapter's expressions: {@code cluster}, {@code adapters} and the others
 */
public record Assessed(boolean available, boolean applies, List<String> unmet, List<String> failed, boolean fresh,
    String message,
    Map<String, Object> facts) {

  /** The variables for the adapter's expressions, including its objects. */
  public Map<String, Object> facts(Map<String, Object> resources) {
    if (resources == null || resources.isEmpty()) {
      return facts;
    }
    var seen = new HashMap<>(facts);
    seen.put("resources", resources);
    return seen;
  }

  /** The last report of an adapter, as expressions see it. */
  public Map<?, ?> reported(String adapter) {
    return facts.get("adapters") instanceof Map<?, ?> adapters && adapters.get(adapter) instanceof Map<?, ?> own
        ? own
        : Map.of();
  }
}
