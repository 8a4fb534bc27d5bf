package io.hyperfleet.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The remaining budget of one evaluation. The interpreter calls it after every node, and this package's functions while
 * they work, so an evaluation ends in its own thread.
 *
 * <p>A large evaluation (more than {@value #SMALL_STEPS} steps, more than {@value #SMALL_BYTES} bytes built, a large
 * text or list read) waits for its turn at that point, see {@link EvaluationGate}, which does not count towards its
 * time limit. Small ones never wait and never read the clock.
 */
final class EvaluationBudget implements CelEvaluationListener {

  /** Ends an evaluation. An Error, since CEL's {@code ||}, {@code &&} and {@code all} absorb exceptions. */
  @SuppressWarnings("serial")
  static final class Exhausted extends Error {
    Exhausted(String reason) {
      super(reason, null, false, false);
    }
  }

  private static final int SMALL_STEPS = 256;
  private static final int SMALL_BYTES = 32 * 1024;
  private static final int SMALL_TEXT = 16 * 1024;
  private static final int SMALL_LIST = 1_000;
  private static final int STEPS_A_CHECK = 32;
  private static final int OBJECT = 40;
  private static final int ELEMENT = 8;
  private static final int ENTRY = 56;
  /** They return one of their arguments. */
  private static final Set<String> SELECTORS = Set.of("_[_]", "_?_:_", "orValue", "value", "dyn", "dig",
      "conditionStatus",
      "statusFeedbackValue", "triState");
  private static final ThreadLocal<EvaluationBudget> CURRENT = new ThreadLocal<>();

  private final EvaluationRules rules;
  private final CelLimits limits;
  private final SharedBudget together = SharedBudget.current();
  private EvaluationBudget before;
  private boolean working;
  private boolean entered;
  private long started;
  private int steps;
  private int nextCheck = SMALL_STEPS;
  private long built;

  EvaluationBudget(EvaluationRules rules) {
    this.rules = rules;
    this.limits = rules.limits();
  }

  /** The budget of the evaluation that runs in this thread. */
  static EvaluationBudget current() {
    EvaluationBudget budget = CURRENT.get();
    return budget == null ? new EvaluationBudget(EvaluationRules.UNGATED) : budget;
  }

  /** Makes this the thread's budget until {@link #end}. */
  void begin() {
    before = CURRENT.get();
    CURRENT.set(this);
    if (together != null) {
      together.checkTime();
    }
  }

  void end() {
    CURRENT.set(before);
    if (working && together != null) {
      together.worked(rules.nanoTime().getAsLong() - started);
    }
    if (entered) {
      rules.gate().leave();
    }
  }

  CelLimits limits() {
    return limits;
  }

  @Override
  public void callback(CelExpr node, Object value) {
    step();
    Kind kind = node.getKind();
    if (value instanceof String text) {
      if (text.length() > SMALL_TEXT) {
        work();
      }
      if (kind == Kind.CALL && !SELECTORS.contains(node.call().function())) {
        build(OBJECT + 2L * text.length());
      }
    } else if (kind == Kind.LIST || kind == Kind.MAP) {
      // Nested values ([l, l] of [l, l] ...) would otherwise grow exponentially at no cost.
      weigh(value);
      build(value instanceof Map<?, ?> map ? entries(map.size()) : list(((List<?>) value).size()));
    } else if (value instanceof Collection<?> list && list.size() > SMALL_LIST
        || value instanceof Map<?, ?> map && map.size() > SMALL_LIST) {
      work();
    } else if (kind == Kind.CALL && value instanceof CelByteString bytes) {
      build(OBJECT + (long) bytes.size());
    }
  }

  /** Counts one step of work, and checks the clock occasionally. */
  void step() {
    steps(1);
  }

  void steps(int count) {
    steps += count;
    if (steps >= nextCheck) {
      nextCheck = steps + STEPS_A_CHECK;
      checkTime();
    }
  }

  private void checkTime() {
    work();
    if (rules.nanoTime().getAsLong() - started > limits.time().toNanos()) {
      throw new Exhausted("took longer than " + limits.time().toMillis() + " ms");
    }
  }

  /**
   * Marks this as a large evaluation: waits for its turn, unless an enclosing evaluation has it, and starts the clock.
   */
  private void work() {
    if (!working) {
      if (rules.gate() != null && !within(before)) {
        rules.gate().enter();
        entered = true;
      }
      working = true;
      started = rules.nanoTime().getAsLong();
    }
  }

  private static boolean within(EvaluationBudget outer) {
    return outer != null && (outer.entered || within(outer.before));
  }

  /** Counts bytes to be built. */
  void build(long bytes) {
    built += bytes;
    if (built > SMALL_BYTES) {
      work();
      if (built > limits.bytes()) {
        throw new Exhausted("builds more than " + (limits.bytes() >> 20) + " MB in total");
      }
    }
    if (together != null) {
      together.built(bytes);
    }
  }

  /** Checks the length of a string before it is built. */
  void text(long characters) {
    if (characters > limits.resultCharacters()) {
      throw new Exhausted("builds text longer than " + limits.resultCharacters() + " characters");
    }
  }

  /** Checks that searching {@code text} for {@code pattern} is cheap: the worst case is their product. */
  void search(CharSequence text, CharSequence pattern) {
    long worst = (long) text.length() * pattern.length();
    if (worst > 1_000L * limits.resultCharacters()) {
      throw new Exhausted("searches text that is too long");
    }
    steps((int) (worst >> 15));
  }

  /** Checks the length of a list before it is built. */
  void elements(long count) {
    if (count > limits.elements()) {
      throw new Exhausted("builds a list of more than " + limits.elements() + " elements");
    }
  }

  /** Bytes of a list without its elements. */
  static long list(long size) {
    return OBJECT + ELEMENT * size;
  }

  /** Bytes of a map without its keys and values. */
  static long entries(long size) {
    return 2L * OBJECT + ENTRY * size;
  }

  /** Counts the values below a value (shared ones again; 16 characters are one, too); too many end the evaluation. */
  void weigh(Object value) {
    ValueCount.take(value, limits.values(), this);
  }
}
