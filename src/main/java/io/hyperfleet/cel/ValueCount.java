package io.hyperfleet.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the values within a value. */
final class ValueCount {

  private static final int CHARACTERS_A_VALUE = 16;

  private ValueCount() {}

  /** The rest of a number of values after subtracting those within a value, each counted as a step. */
  static int take(Object value, int left, EvaluationBudget budget) {
    budget.step();
    int rest = left - 1;
    if (rest < 0) {
      throw new EvaluationBudget.Exhausted("builds or compares more than " + budget.limits().values() + " values");
    }
    if (value instanceof String text) {
      rest -= text.length() / CHARACTERS_A_VALUE;
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        rest = take(item, rest, budget);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        rest = take(entry.getValue(), take(entry.getKey(), rest, budget), budget);
      }
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      rest = take(optional.get(), rest, budget);
    }
    return rest;
  }
}
