package io.hyperfleet.cel;

import java.util.concurrent.Semaphore;

/**
 * Lets no more evaluations work at once than the process has processors, and those of one adapter on half of them at
 * most, so that what is in memory at once, and the wait of everybody else, is bounded whatever the number of workers.
 * Both queues are in order of arrival. Evaluations of little work never come here, see {@link EvaluationBudget}.
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

  /** A gate to the same processors with a queue of its own, for one adapter. */
  EvaluationGate ofAnother() {
    return new EvaluationGate(processors, all);
  }

  /**
   * Waits until it is this thread's turn. The own queue is first: who waits for a processor keeps nobody of another
   * from one.
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
