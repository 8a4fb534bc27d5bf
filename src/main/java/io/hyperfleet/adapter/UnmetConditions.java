package io.hyperfleet.adapter;

import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.WorkTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which of an adapter's conditions are not met.
 *
 * @param names the unmet ones, in the order of the definition
 * @param errors of those, the ones that could not be evaluated, with the reason (for a warning in the log)
 */
public record UnmetConditions(List<String> names, Map<String, String> errors) {

  /** Longest time of all conditions together; each has its own limit besides. */
  private static final Duration MAX_TIME = Duration.ofSeconds(1);

  static UnmetConditions of(List<AdapterCondition> conditions, Map<String, ?> variables) {
    return of(conditions, variables, WorkTime::nanos);
  }

  static UnmetConditions of(List<AdapterCondition> conditions, Map<String, ?> variables, LongSupplier nanoTime) {
    List<String> names = new ArrayList<>();
    Map<String, String> errors = new LinkedHashMap<>();
    long started = nanoTime.getAsLong();
    for (AdapterCondition condition : conditions) {
      if (nanoTime.getAsLong() - started > MAX_TIME.toNanos()) {
        names.add(condition.name());
        errors.put(condition.name(), "the conditions before it took longer than " + MAX_TIME.toMillis() + " ms");
        continue;
      }
      try {
        if (!condition.program().test(variables)) {
          names.add(condition.name());
        }
      } catch (CelEvaluationException e) {
        names.add(condition.name());
        errors.put(condition.name(), e.getMessage());
      }
    }
    return new UnmetConditions(List.copyOf(names), Map.copyOf(errors));
  }

  /** Whether all conditions are met. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** The message of journey A3: {@code Waiting for dependencies to be met: a, b}. */
  public String waitingMessage() {
    return "Waiting for dependencies to be met: " + String.join(", ", names);
  }
}
