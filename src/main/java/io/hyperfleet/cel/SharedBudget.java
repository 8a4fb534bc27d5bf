package io.hyperfleet.cel;

import java.time.Duration;

/**
 * Bounds the evaluations that a thread does for one purpose, all manifests of an event for example, together: 16 MB
 * built, as {@link CelLimits#bytes} counts, and 2 s of work. An evaluation that goes beyond fails as it does beyond
 * limits of its own.
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
   * From now on evaluations of this thread count together, until it is closed; inside of another, they count to that.
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
      throw new EvaluationBudget.Exhausted("and those before it build more than " + (BYTES >> 20) + " MB together");
    }
  }

  void worked(long more) {
    nanos += more;
  }

  void checkTime() {
    if (nanos > TIME.toNanos()) {
      throw new EvaluationBudget.Exhausted(
          "is not evaluated: those before it took " + TIME.toSeconds() + " s together");
    }
  }

  @Override
  public void close() {
    if (before == null) {
      CURRENT.remove();
    }
  }
}
