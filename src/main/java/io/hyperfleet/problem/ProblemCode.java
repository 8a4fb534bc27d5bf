package io.hyperfleet.problem;

/** The catalogue of errors of the API contract. Clients decide by {@link #code()}; titles and slugs are for people. */
public enum ProblemCode {
  VALIDATION("HYPERFLEET-VAL-000", 400, "validation-error", "Validation Failed"), OWNER_NEEDED("HYPERFLEET-VAL-000",
      422, "validation-error", "Validation Failed"), BAD_REQUEST("HYPERFLEET-VAL-005", 400, "bad-request",
          "Bad Request"), MALFORMED("HYPERFLEET-VAL-006", 400, "malformed-request", "Malformed Request"), TOO_LARGE(
              "HYPERFLEET-VAL-006", 413, "malformed-request",
              "Request Body Too Large"), AUTHENTICATION_REQUIRED("HYPERFLEET-AUT-001", 401, "authentication-error",
                  "Authentication Required"), INVALID_CREDENTIALS("HYPERFLEET-AUT-002", 401, "authentication-error",
                      "Invalid Credentials"), INVALID_TOKEN("HYPERFLEET-AUT-003", 401, "authentication-error",
                          "Invalid Token"), PERMISSION_DENIED("HYPERFLEET-AUZ-001", 403, "permission-denied",
                              "Permission Denied"), ENDPOINT_NOT_FOUND("HYPERFLEET-NTF-000", 404, "not-found",
                                  "Endpoint Not Found"), NOT_FOUND("HYPERFLEET-NTF-001", 404, "not-found",
                                      "Resource Not Found"), METHOD_NOT_ALLOWED(null, 405, "method-not-allowed",
                                          "Method Not Allowed"), CONFLICT("HYPERFLEET-CNF-001", 409, "conflict",
                                              "Resource Conflict"), STATE_CONFLICT("HYPERFLEET-CNF-003", 409,
                                                  "conflict", "State Conflict"), INTERNAL("HYPERFLEET-INT-001", 500,
                                                      "internal-error",
                                                      "Internal Server Error"), UNAVAILABLE("HYPERFLEET-SVC-001", 503,
                                                          "service-unavailable", "Service Unavailable");

  private static final String TYPES = "https://api.hyperfleet.io/errors/";

  private final String code;
  private final int status;
  private final String slug;
  private final String title;

  ProblemCode(String code, int status, String slug, String title) {
    this.code = code;
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  /** The code for the web server's own errors, which only have a status. */
  public static ProblemCode ofStatus(int status) {
    return switch (status) {
      case 404 -> ENDPOINT_NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 413 -> TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? BAD_REQUEST : INTERNAL;
    };
  }

  /** The stable code, or null if the HTTP status is sufficient. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** The problem type's URI. */
  public String type() {
    return TYPES + slug;
  }

  public String title() {
    return title;
  }
}
