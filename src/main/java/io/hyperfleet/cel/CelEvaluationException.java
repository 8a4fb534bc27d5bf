package io.hyperfleet.cel;

import java.util.Optional;

/** An evaluation that has no result: a missing key, a wrong type, or a limit that was reached. */
public class CelEvaluationException extends CelException {

  private final boolean limit;
  private final String missingFrom;
  private final Missing missing;
  private final String place;

  /**
   * An evaluation without a result.
   *
   * @param missingFrom see {@link #missingFrom}; null where it is none
   * @param missing see {@link #missing}; null where it is none
   * @param place see {@link #place}; null where it is not known
   */
  CelEvaluationException(String expression, String message, boolean limit, String missingFrom, Missing missing,
      String place) {
    super(expression, message);
    this.limit = limit;
    this.missingFrom = missingFrom;
    this.missing = missing;
    this.place = place;
  }

  /**
   * The same with the step of a route that asked, {@code file:line}, before the message; null where it is not known.
   */
  CelEvaluationException in(String step) {
    return step == null
        ? this
        : new CelEvaluationException(expression(), step + ": " + getMessage(), limit, missingFrom, missing, place);
  }

  /** Whether the evaluation was cut off by one of {@link CelLimits}. */
  public boolean isLimit() {
    return limit;
  }

  /** Of an evaluation that found no such key, field or index: the variable in which it looked, where it is one. */
  public Optional<String> missingFrom() {
    return Optional.ofNullable(missingFrom);
  }

  /** Of an evaluation that found no such key: the value in which it looked, and the key, where both are constant. */
  public Optional<Missing> missing() {
    return Optional.ofNullable(missing);
  }

  /** A key that is not in a value: {@code region} in {@code cluster.spec}. */
  public record Missing(String from, String key) {}

  /** Where the expression stands, {@code file:line: key}, if that was told: see {@link CelProgram#at}. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }
}
