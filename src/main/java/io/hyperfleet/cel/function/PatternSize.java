package io.hyperfleet.cel.function;

/**
 * Estimates the number of instructions of a compiled regular expression. RE2 expands repetitions, so that
 * {@code ((x{1000}){1000}){1000}} would take gigabytes before its size is known.
 */
public final class PatternSize {

  private static final long MANY = Integer.MAX_VALUE;

  private final String pattern;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** An estimate, not below a third of the true size; at most 2^31 - 1. The pattern may be invalid. */
  public static long of(String pattern) {
    var size = new PatternSize(pattern);
    long sum = 0;
    while (size.at < pattern.length()) {
      sum = Math.min(MANY, sum + size.sequence());
      size.at++;
    }
    return sum;
  }

  private long sequence() {
    long sum = 0;
    long last = 0;
    for (; at < pattern.length() && pattern.charAt(at) != ')'; at++) {
      long repeated = repetition();
      if (repeated > 0) {
        sum = Math.min(MANY, sum + last * (repeated - 1));
        last = Math.min(MANY, last * repeated);
      } else {
        last = piece();
        sum = Math.min(MANY, sum + last);
      }
    }
    return sum;
  }

  /** The size of a character, class or group; stays on its last character. */
  private long piece() {
    switch (pattern.charAt(at)) {
      case '(' -> {
        at++;
        return sequence() + 2;
      }
      case '[' -> {
        skipClass();
        return 1;
      }
      case '\\' -> {
        at++;
        if (pattern.startsWith("{", at + 1) && at < pattern.length() && "pPx".indexOf(pattern.charAt(at)) >= 0) {
          skipTo('}');
        } else if (pattern.startsWith("Q", at)) {
          int end = pattern.indexOf("\\E", at);
          int from = at;
          at = end < 0 ? pattern.length() : end + 1;
          return at - from;
        }
        return 1;
      }
      default -> {
        return 1;
      }
    }
  }

  private void skipClass() {
    at += pattern.startsWith("^", at + 1) ? 2 : 1;
    // A bracket that comes first is a character.
    for (at++; at < pattern.length() && pattern.charAt(at) != ']'; at++) {
      if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        at = pattern.indexOf(":]", at) + 1;
      } else if (pattern.charAt(at) == '\\') {
        at++;
      }
    }
  }

  private void skipTo(char end) {
    int found = pattern.indexOf(end, at);
    at = found < 0 ? pattern.length() : found;
  }

  /**
   * The larger number of {@code {n}}, {@code {n,}} or {@code {n,m}} at this place, at least 1; 0 if there is none.
   */
  private long repetition() {
    if (pattern.charAt(at) != '{') {
      return 0;
    }
    int end = pattern.indexOf('}', at);
    if (end < 0 || !pattern.substring(at, end).matches("\\{\\d{1,9}(,\\d{0,9})?")) {
      return 0;
    }
    long most = 1;
    for (String number : pattern.substring(at + 1, end).split(",")) {
      most = Math.max(most, Long.parseLong(number));
    }
    at = end;
    return most;
  }
}
