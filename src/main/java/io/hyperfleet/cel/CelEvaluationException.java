package io.hyperfleet.cel;

import java.util.Optional;

/** A failed evaluation: a missing key, a wrong type, or an exceeded limit. */
public class CelEvaluationException extends CelException {

  private final boolean limit;
  private final String missingFrom;
  private final Missing missing;
  private final String place;

  /**
   * A failed evaluation.
   *
   * @param missingFrom see {@link #missingFrom}; null if unknown
   * @param missing see {@link #missing}; null if unknown
   * @param place see {@link #place}; null if unknown
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
   * The same with the position of the route's step, {@code file:line}, before the message; null if unknown.
   */
  CelEvaluationException in(String step) {
    return step == null
        ? this
        : new CelEvaluationException(expression(), step + ": " + getMessage(), limit, missingFrom, missing, place);
  }

  /** Whether one of {@link CelLimits} was exceeded. */
  public boolean isLimit() {
    return limit;
  }

  /** For a missing key, field or index: the variable that was read, if any. */
  public Optional<String> missingFrom() {
    return Optional.ofNullable(missingFrom);
  }

  /** For a missing key: the value that was read, and the key, if both are constant. */
  public Optional<Missing> missing() {
    return Optional.ofNullable(missing);
  }

  /** A key missing in a value: {@code region} in {@code cluster.spec}. */
  public record Missing(String from, String key) {}

  /** Position of the expression, {@code file:line: key}, if known: see {@link CelProgram#at}. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }
}
