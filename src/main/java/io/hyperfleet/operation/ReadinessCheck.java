package io.hyperfleet.operation;

import java.time.Duration;

/** A readiness check. Checks of the same name are shown as one. */
public interface ReadinessCheck {

  /** A passing result. */
  String OK = "ok";

  /** A passing result with a warning for operators. */
  static String okBut(String text) {
    return OK + ", but " + text;
  }

  /** Whether the answer of a check says that it passes. */
  static boolean passes(String answer) {
    return answer.equals(OK) || answer.startsWith(okBut(""));
  }

  /** How long a check may take. */
  Duration LIMIT = Duration.ofSeconds(2);

  /** The name in {@code /readyz}. */
  String name();

  /**
   * {@link #OK}, {@link #okBut}, or what is missing in words for an operator, never a driver's text or a stack. One
   * call at a time; an answer later than {@link #LIMIT} is not waited for.
   */
  String check();

  /** What {@code /readyz} says while {@link #check()} has no answer in time. */
  default String lateText() {
    return name() + ": no answer within " + LIMIT.toSeconds() + " s";
  }
}
