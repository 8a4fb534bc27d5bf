package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CpuTime;
import io.hyperfleet.cel.SharedBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The unmet conditions of an adapter.
 *
 * @param names the unmet ones, in the order of the definition
 * @param awaited those of them that wait for a missing value, with that value
 * @param errors those of them that cannot be evaluated, with expression and reason
 */
public record UnmetConditions(List<String> names, Map<String, String> awaited, Map<String, String> errors) {

  /** Time limit for all conditions together; each also has its own limit. */
  private static final Duration MAX_TIME = Duration.ofSeconds(1);
  public static final UnmetConditions NONE = new UnmetConditions(List.of(), Map.of(), Map.of());

  static UnmetConditions of(String kind, List<AdapterCondition> conditions, Map<String, ?> variables) {
    return of(kind, conditions, variables, CpuTime::nanos);
  }

  static UnmetConditions of(String kind, List<AdapterCondition> conditions, Map<String, ?> variables,
      LongSupplier nanoTime) {
    List<String> names = new ArrayList<>();
    Map<String, String> awaited = new LinkedHashMap<>();
    Map<String, String> errors = new LinkedHashMap<>();
    long started = nanoTime.getAsLong();
    try (var work = SharedBudget.begin()) {
      for (AdapterCondition condition : conditions) {
        var what = kind + " '" + condition.name() + "'";
        if (nanoTime.getAsLong() - started > MAX_TIME.toNanos()) {
          names.add(condition.name());
          errors.put(condition.name(),
              what + ": not evaluated, earlier expressions took longer than " + MAX_TIME.toMillis() + " ms");
          continue;
        }
        try {
          if (!condition.program().test(variables)) {
            names.add(condition.name());
          }
        } catch (CelEvaluationException e) {
          names.add(condition.name());
          if (ExpressionErrors.isAwaited(e)) {
            awaited.put(condition.name(), e.getMessage());
          } else {
            errors.put(condition.name(), ExpressionErrors.describe(what, e));
          }
        }
      }
    }
    return new UnmetConditions(List.copyOf(names), Map.copyOf(awaited), Map.copyOf(errors));
  }

  /** Whether all conditions are met. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** The errors, in the order of the definition. */
  public List<String> failed() {
    return names.stream().filter(errors::containsKey).map(errors::get).toList();
  }

  /** The message of an adapter that waits: {@code Waiting for dependencies to be met: a, b}. */
  public String waitingMessage() {
    return "Waiting for dependencies to be met: " + texts();
  }

  /** The names, with missing values: {@code a, b (key 'x' is not present in resources.y)}. */
  public String texts() {
    return names.stream().map(name -> awaited.containsKey(name) ? name + " (" + awaited.get(name) + ")" : name)
        .collect(Collectors.joining(", "));
  }
}
