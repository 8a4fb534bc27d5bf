package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.cel.SharedBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data that an adapter reports.
 *
 * @param values by name, without null and without those that wait for a missing value
 * @param failed which of them failed for another reason, and why
 */
public record ReportedData(Map<String, Object> values, List<String> failed) {

  /** Maximum characters in total. */
  static final int MAX_CHARACTERS = 256 * 1024;

  static ReportedData of(Map<String, Object> data, Map<String, ?> variables) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> failed = new ArrayList<>();
    long characters = 0;
    try (var work = SharedBudget.begin()) {
      for (var entry : data.entrySet()) {
        Object value = entry.getValue();
        if (value instanceof CelProgram program) {
          try {
            value = program.evaluate(variables);
          } catch (CelEvaluationException e) {
            value = null;
            if (!ExpressionErrors.isAwaited(e)) {
              failed.add(ExpressionErrors.describe("data '" + entry.getKey() + "'", e));
            }
          }
        }
        if (value != null) {
          characters += ManifestTemplate.characters(value);
          if (characters > MAX_CHARACTERS) {
            failed.add("data '" + entry.getKey() + "': exceeds the total limit of " + MAX_CHARACTERS + " characters");
            break;
          }
          values.put(entry.getKey(), value);
        }
      }
    }
    return new ReportedData(Collections.unmodifiableMap(values), List.copyOf(failed));
  }
}
