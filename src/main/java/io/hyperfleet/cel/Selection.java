package io.hyperfleet.cel;

import java.util.List;

/**
 * A chain of selections by constant keys: {@code adapters.dns.?data['x']}.
 *
 * @param variable the variable that it begins with
 * @param steps the chain of selections from it
 * @param tested whether the last step is only tested by {@code has(...)}
 */
public record Selection(String variable, List<Step> steps, boolean tested) {

  /**
   * A step of a chain.
   *
   * @param key the key
   * @param optional whether it may be absent: {@code a.?key}, {@code a[?'key']}
   */
  public record Step(String key, boolean optional) {}

  /** The key of a step, or null when the chain is shorter. */
  public String key(int step) {
    return step < steps.size() ? steps.get(step).key() : null;
  }

  /** Whether a step fails if its key is absent: not after an optional one, and not if tested by {@code has(...)}. */
  public boolean isRequired(int step) {
    return step < steps.size() && steps.subList(0, step + 1).stream().noneMatch(Step::optional)
        && !(tested && step == steps.size() - 1);
  }
}
