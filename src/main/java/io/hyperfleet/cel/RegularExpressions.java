package io.hyperfleet.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hyperfleet.cel.function.PatternSize;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** RE2 searches (without backtracking), with limits for the pattern's size and the time to search. */
final class RegularExpressions {

  private static final int CACHED = 256;
  private static final int CACHED_INSTRUCTIONS = 50_000;
  private static final int WORK_A_STEP = 512;
  private static final long THREAD_BYTES = 16;
  private static final long INSTRUCTION_BYTES = 128;

  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();
  private final AtomicInteger instructions = new AtomicInteger();

  /** Whether the pattern occurs anywhere in the text. */
  boolean find(String text, String pattern) {
    EvaluationBudget budget = EvaluationBudget.current();
    Pattern compiled = compile(pattern, budget);
    // Each instruction may read each character.
    budget.build(THREAD_BYTES * compiled.programSize());
    return compiled.matcher(new Watched(text, budget, Math.max(1, WORK_A_STEP / compiled.programSize()))).find();
  }

  private Pattern compile(String source, EvaluationBudget budget) {
    Pattern known = patterns.get(source);
    if (known != null) {
      return known;
    }
    if (source.length() > CelLimits.PATTERN_CHARACTERS) {
      throw new IllegalArgumentException(
          "a regular expression may have at most " + CelLimits.PATTERN_CHARACTERS + " characters");
    }
    long size = PatternSize.of(source);
    if (size > CelLimits.PATTERN_PROGRAM) {
      throw tooLarge();
    }
    budget.build(INSTRUCTION_BYTES * (size + source.length()));
    budget.steps((int) size / 16);
    Pattern pattern;
    try {
      pattern = Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("invalid regular expression: " + e.getDescription());
    }
    if (pattern.programSize() > CelLimits.PATTERN_PROGRAM) {
      throw tooLarge();
    }
    if (patterns.size() >= CACHED || instructions.addAndGet(pattern.programSize()) > CACHED_INSTRUCTIONS) {
      patterns.clear();
      instructions.set(pattern.programSize());
    }
    patterns.put(source, pattern);
    return pattern;
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException("the regular expression is too large; use smaller repetitions");
  }

  /** Text that counts reads. */
  private static final class Watched implements CharSequence {
    private final String text;
    private final EvaluationBudget budget;
    private final int readsAStep;
    private int reads;

    Watched(String text, EvaluationBudget budget, int readsAStep) {
      this.text = text;
      this.budget = budget;
      this.readsAStep = readsAStep;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads % readsAStep == 0) {
        budget.step();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
