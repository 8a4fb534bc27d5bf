package io.hyperfleet.cel;

import java.util.Optional;

/** An evaluation that has no result: a missing key, a wrong type, or a limit that was reached. */
public class CelEvaluationException extends CelException {

  private final boolean limit;
  private final String missingFrom;

  CelEvaluationException(String expression, String message, boolean limit, String missingFrom) {
    super(expression, message);
    this.limit = limit;
    this.missingFrom = missingFrom;
  }

  /** Whether the evaluation was cut off by one of {@link CelLimits}. */
  public boolean isLimit() {
    return limit;
  }

  /** Of an evaluation that found no such key, field or index: the variable in which it looked, where it is one. */
  public Optional<String> missingFrom() {
    return Optional.ofNullable(missingFrom);
  }
}
