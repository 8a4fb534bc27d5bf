package io.hyperfleet.problem;

import java.util.List;

/** A failed request, with details for its caller. Rolls back the transaction. */
public final class Problem extends RuntimeException {

  private final ProblemCode code;
  private final transient List<FieldError> errors;

  public Problem(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  public Problem(ProblemCode code, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** Errors of fields; the first one is the detail. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(ProblemCode.VALIDATION, errors.get(0).message(), errors);
  }

  public static Problem invalid(FieldError error) {
    return invalid(List.of(error));
  }

  /** No resource of that kind has that id. */
  public static Problem notFound(String kind, String id) {
    return new Problem(ProblemCode.NOT_FOUND, kind + " with id='" + id + "' not found");
  }

  public ProblemCode code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }
}
