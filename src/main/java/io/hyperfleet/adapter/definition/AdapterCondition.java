package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;

/** A named condition of an adapter, such as {@code dns is available: adapters.dns.available}. */
public record AdapterCondition(String name, CelProgram program) {

  /** Whether the condition looks only for what is not there yet, and is not met until it is. */
  public static boolean isAwaited(CelEvaluationException e) {
    return ExpressionErrors.isAwaited(e);
  }
}
