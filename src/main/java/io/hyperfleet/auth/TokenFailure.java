package io.hyperfleet.auth;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import org.springframework.security.core.AuthenticationException;

/** A caller that is not known well enough. What exactly is wrong with a token is not told. */
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
    return new TokenFailure(ProblemCode.AUTHENTICATION_REQUIRED, "The token does not tell who is calling");
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
