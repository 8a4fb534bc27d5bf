package io.hyperfleet.adapter.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an adapter's definition says about the fetched resource; routes see it as {@code assessed}.
 *
 * @param available whether this adapter has said already that it is available at this generation
 * @param applies whether it acts on the resource at all; of one that is being deleted nobody asks
 * @param unmet names of the preconditions that are not met
 * @param failed what of {@code appliesWhen} and the preconditions cannot be evaluated, and why
 * @param fresh whether the adapter has looked at just this a moment ago, so that there is nothing new to say
 * @param message what it waits for, or what cannot be evaluated; empty when there is neither
 * @param facts the variables of the adapter's expressions: {@code cluster}, {@code adapters} and the others
 */
public record Assessed(boolean available, boolean applies, List<String> unmet, List<String> failed, boolean fresh,
    String message,
    Map<String, Object> facts) {

  /** The variables of the adapter's expressions once there are objects of its own. */
  public Map<String, Object> facts(Map<String, Object> resources) {
    if (resources == null || resources.isEmpty()) {
      return facts;
    }
    var seen = new HashMap<>(facts);
    seen.put("resources", resources);
    return seen;
  }

  /** What an adapter reported last, as expressions see it. */
  public Map<?, ?> reported(String adapter) {
    return facts.get("adapters") instanceof Map<?, ?> adapters && adapters.get(adapter) instanceof Map<?, ?> own
        ? own
        : Map.of();
  }
}
