package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;

/** A named condition of an adapter, such as {@code dns is available: adapters.dns.available}. */
public record AdapterCondition(String name, CelProgram program) {

  /** Whether the condition only waits for something that does not exist yet. */
  public static boolean isAwaited(CelEvaluationException e) {
    return ExpressionErrors.isAwaited(e);
  }
}
