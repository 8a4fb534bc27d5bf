package io.hyperfleet.cel;

import java.util.function.LongSupplier;

/**
 * How an engine's expressions are evaluated.
 *
 * @param nanoTime time source of the time limit
 * @param gate where evaluations wait for their turn; null for no waiting
 */
record EvaluationRules(CelLimits limits, LongSupplier nanoTime, EvaluationGate gate) {

  static final EvaluationRules UNGATED = new EvaluationRules(CelLimits.DEFAULT, CpuTime::nanos, null);
}
