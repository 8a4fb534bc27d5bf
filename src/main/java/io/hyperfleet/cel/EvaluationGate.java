package io.hyperfleet.cel;

import java.util.concurrent.Semaphore;

/**
 * Limits concurrent evaluations to the number of processors, and those of one adapter to half of it, which bounds
 * memory and waiting times for any number of workers. Both queues are fair. Small evaluations do not pass the gate, see
 * {@link EvaluationBudget}.
 */
final class EvaluationGate {

  private final int processors;
  private final Semaphore all;
  private final Semaphore own;

  EvaluationGate(int processors) {
    this(processors, new Semaphore(processors, true));
  }

  private EvaluationGate(int processors, Semaphore all) {
    this.processors = processors;
    this.all = all;
    this.own = new Semaphore(Math.max(1, processors / 2), true);
  }

  /** A gate to the same processors with a separate queue, for one adapter. */
  EvaluationGate ofAnother() {
    return new EvaluationGate(processors, all);
  }

  /**
   * Waits for this thread's turn, first in its own queue, so that a waiting thread does not block other queues.
   */
  void enter() {
    own.acquireUninterruptibly();
    all.acquireUninterruptibly();
  }

  void leave() {
    all.release();
    own.release();
  }
}
