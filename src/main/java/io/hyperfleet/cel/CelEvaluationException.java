package io.hyperfleet.cel;

/** An evaluation that has no result: a missing key, a wrong type, or a limit that was reached. */
public class CelEvaluationException extends CelException {

  private final boolean limit;

  CelEvaluationException(String expression, String message, boolean limit) {
    super(expression, message);
    this.limit = limit;
  }

  /** Whether the evaluation was cut off by one of {@link CelLimits}. */
  public boolean isLimit() {
    return limit;
  }
}
