package io.hyperfleet.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is left of one evaluation's limits. The interpreter calls it after every node, and the functions of this
 * package while they work, so an evaluation ends in the thread that started it: nothing to hand over, nothing to leak.
 */
final class EvaluationBudget implements CelEvaluationListener {

  /** Ends an evaluation. An Error, since CEL's {@code ||}, {@code &&} and {@code all} absorb exceptions. */
  @SuppressWarnings("serial")
  static final class Exhausted extends Error {
    Exhausted(String reason) {
      super(reason, null, false, false);
    }
  }

  /** Evaluations of fewer steps never look at the time: most are over by then. */
  private static final int FREE_STEPS = 512;
  private static final int STEPS_A_CHECK = 32;
  private static final long FREE_SEARCH = 1L << 20;
  private static final int CHARACTERS_A_VALUE = 16;
  private static final ThreadLocal<EvaluationBudget> CURRENT = new ThreadLocal<>();

  private final CelLimits limits;
  private final LongSupplier nanoTime;
  private final long started;
  private int steps;

  EvaluationBudget(CelLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /** The budget of the evaluation that runs in this thread. */
  static EvaluationBudget current() {
    EvaluationBudget budget = CURRENT.get();
    return budget == null ? new EvaluationBudget(CelLimits.DEFAULT, WorkTime::nanos) : budget;
  }

  /** Makes this the thread's budget and returns the one before, for {@link #leave}. */
  EvaluationBudget enter() {
    EvaluationBudget before = CURRENT.get();
    CURRENT.set(this);
    return before;
  }

  static void leave(EvaluationBudget before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  CelLimits limits() {
    return limits;
  }

  @Override
  public void callback(CelExpr node, Object value) {
    step();
    // What an expression nests ([l, l] of [l, l] ...) would otherwise grow exponentially at no cost.
    switch (node.getKind()) {
      case LIST, MAP -> weigh(value);
      default -> { }
    }
  }

  /** Counts one step of work and now and then looks at the clock. */
  void step() {
    if (++steps % STEPS_A_CHECK == 0 && steps >= FREE_STEPS) {
      checkTime();
    }
  }

  private void checkTime() {
    if (nanoTime.getAsLong() - started > limits.time().toNanos()) {
      throw new Exhausted("took longer than " + limits.time().toMillis() + " ms");
    }
  }

  /** Checks the length of a string before it is built. */
  void text(long characters) {
    if (characters > limits.resultCharacters()) {
      throw new Exhausted("builds a text of more than " + limits.resultCharacters() + " characters");
    }
  }

  /** Checks that searching {@code text} for {@code pattern} is cheap: the worst case is their product. */
  void search(CharSequence text, CharSequence pattern) {
    long worst = (long) text.length() * pattern.length();
    if (worst > 1_000L * limits.resultCharacters()) {
      throw new Exhausted("searches a text that is too long");
    }
    if (worst > FREE_SEARCH) {
      checkTime();
    }
  }

  /** Checks the length of a list before it is built. */
  void elements(long count) {
    if (count > limits.elements()) {
      throw new Exhausted("builds a list of more than " + limits.elements() + " elements");
    }
  }

  /** Counts the values below a value (shared ones again; 16 characters are one, too); too many end the evaluation. */
  void weigh(Object value) {
    weigh(value, limits.values());
  }

  private int weigh(Object value, int left) {
    step();
    int rest = left - 1;
    if (rest < 0) {
      throw new Exhausted("builds or compares more than " + limits.values() + " values");
    }
    if (value instanceof String text) {
      rest -= text.length() / CHARACTERS_A_VALUE;
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        rest = weigh(item, rest);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        rest = weigh(entry.getValue(), weigh(entry.getKey(), rest));
      }
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      rest = weigh(optional.get(), rest);
    }
    return rest;
  }
}
