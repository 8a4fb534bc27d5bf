package io.hyperfleet.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RE2 searches (no backtracking) with limits of the pattern's size, and of time while a text is read. */
final class RegularExpressions {

  private static final int CACHED = 256;
  private static final int READS_A_STEP = 16;

  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  /** Whether the pattern occurs anywhere in the text. */
  boolean find(String text, String pattern) {
    EvaluationBudget budget = EvaluationBudget.current();
    return compile(pattern).matcher(new Watched(text, budget)).find();
  }

  private Pattern compile(String source) {
    Pattern known = patterns.get(source);
    if (known != null) {
      return known;
    }
    if (source.length() > CelLimits.PATTERN_CHARACTERS) {
      throw new IllegalArgumentException(
          "regular expressions have at most " + CelLimits.PATTERN_CHARACTERS + " characters");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("invalid regular expression: " + e.getDescription());
    }
    if (pattern.programSize() > CelLimits.PATTERN_PROGRAM) {
      throw new IllegalArgumentException("the regular expression is too large; use smaller repetitions");
    }
    if (patterns.size() >= CACHED) {
      patterns.clear();
    }
    patterns.put(source, pattern);
    return pattern;
  }

  /** A text that counts how often it is read. */
  private static final class Watched implements CharSequence {
    private final String text;
    private final EvaluationBudget budget;
    private int reads;

    Watched(String text, EvaluationBudget budget) {
      this.text = text;
      this.budget = budget;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads % READS_A_STEP == 0) {
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
