package io.hyperfleet.auth;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import org.springframework.security.core.AuthenticationException;

/** An authentication failure. The exact problem of a token is not disclosed. */
final class TokenFailure extends AuthenticationException {

  private final ProblemCode code;

  private TokenFailure(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
  }

  static TokenFailure missing() {
    return new TokenFailure(ProblemCode.AUTHENTICATION_REQUIRED, "A bearer token is required");
  }

  static TokenFailure nameless() {
    return new TokenFailure(ProblemCode.AUTHENTICATION_REQUIRED, "The token does not identify the caller");
  }

  static TokenFailure invalid() {
    return new TokenFailure(ProblemCode.INVALID_CREDENTIALS, "The bearer token is not valid");
  }

  static TokenFailure expired() {
    return new TokenFailure(ProblemCode.INVALID_TOKEN, "The bearer token has expired");
  }

  boolean isExpired() {
    return code == ProblemCode.INVALID_TOKEN;
  }

  Problem problem() {
    return new Problem(code, getMessage());
  }
}
