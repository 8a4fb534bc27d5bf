package io.hyperfleet.cel;

import java.time.Duration;

/**
 * Limits the evaluations of a thread for one purpose, such as all manifests of an event, in total: 16 MB built, counted
 * as {@link CelLimits#bytes}, and 2 s of CPU time. An evaluation that exceeds it fails as with its own limits.
 */
public final class SharedBudget implements AutoCloseable {

  static final int BYTES = 16 << 20;
  static final Duration TIME = Duration.ofSeconds(2);
  private static final ThreadLocal<SharedBudget> CURRENT = new ThreadLocal<>();

  private final SharedBudget before;
  private long bytes;
  private long nanos;

  private SharedBudget(SharedBudget before) {
    this.before = before;
  }

  /**
   * Starts counting the evaluations of this thread together, until closed; a nested budget counts towards the outer
   * one.
   */
  public static SharedBudget begin() {
    var begun = new SharedBudget(CURRENT.get());
    if (begun.before == null) {
      CURRENT.set(begun);
    }
    return begun;
  }

  static SharedBudget current() {
    return CURRENT.get();
  }

  void built(long more) {
    bytes += more;
    if (bytes > BYTES) {
      throw new EvaluationBudget.Exhausted("and earlier expressions build more than " + (BYTES >> 20) + " MB in total");
    }
  }

  void worked(long more) {
    nanos += more;
  }

  void checkTime() {
    if (nanos > TIME.toNanos()) {
      throw new EvaluationBudget.Exhausted(
          "is not evaluated: earlier expressions took " + TIME.toSeconds() + " s in total");
    }
  }

  @Override
  public void close() {
    if (before == null) {
      CURRENT.remove();
    }
  }
}
