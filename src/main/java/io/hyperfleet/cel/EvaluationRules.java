package io.hyperfleet.cel;

import java.util.function.LongSupplier;

/**
 * How an engine's expressions are evaluated.
 *
 * @param nanoTime what the time limit is measured with
 * @param gate where evaluations wait for their turn; null where they never do
 */
record EvaluationRules(CelLimits limits, LongSupplier nanoTime, EvaluationGate gate) {

  static final EvaluationRules UNGATED = new EvaluationRules(CelLimits.DEFAULT, CpuTime::nanos, null);
}
