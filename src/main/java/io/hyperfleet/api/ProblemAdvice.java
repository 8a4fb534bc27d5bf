package io.hyperfleet.api;

import io.hyperfleet.database.DatabaseErrors;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Returns failures as problem details. Messages of drivers or bugs are logged, never returned. An unavailable or
 * overloaded database is a 503 with Retry-After.
 */
@RestControllerAdvice
@ConditionalOnRole(Role.API)
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  @ExceptionHandler
  ResponseEntity<ProblemDetails> problem(Problem problem, HttpServletRequest request) {
    return answer(problem.code(), problem.getMessage(), problem.errors(), request);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<ProblemDetails> unknownPath(HttpServletRequest request) {
    return answer(ProblemCode.ENDPOINT_NOT_FOUND, "No such endpoint: " + request.getRequestURI(), List.of(), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetails> wrongMethod(HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
    var details = ProblemDetails.of(ProblemCode.METHOD_NOT_ALLOWED, e.getMethod() + " is not allowed for this "
        + "endpoint", List.of(),
        request);
    var allowed = e.getSupportedHttpMethods() == null ? Set.<HttpMethod>of() : e.getSupportedHttpMethods();
    return details.respond().allow(allowed.toArray(HttpMethod[]::new)).body(details);
  }

  /** Such as an encoded slash in the path, or a control character in a name. */
  @ExceptionHandler
  ResponseEntity<ProblemDetails> suspicious(RequestRejectedException e, HttpServletRequest request) {
    return answer(ProblemCode.BAD_REQUEST, "The request contains illegal characters", List.of(), request);
  }

  @ExceptionHandler({ClientAbortException.class, AsyncRequestNotUsableException.class})
  void callerIsGone() {
    LOG.debug("the client closed the connection before the response");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetails> failure(Exception e, HttpServletRequest request) {
    if (isUnavailable(e)) {
      LOG.warn("the database cannot serve {} {}: {}", request.getMethod(), request.getRequestURI(), e.toString());
      var details = ProblemDetails.of(
          ProblemCode.UNAVAILABLE, "The database is unavailable; try again shortly", List.of(), request);
      return details.respond().header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).body(details);
    }
    if (e instanceof ErrorResponse said && said.getStatusCode().is4xxClientError()) {
      LOG.debug("{} {} rejected: {}", request.getMethod(), request.getRequestURI(), e.toString());
      return answer(ProblemCode.ofStatus(said.getStatusCode().value()), said.getBody().getDetail(), List.of(), request);
    }
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return answer(ProblemCode.INTERNAL, "An unexpected error occurred; search the log for this trace id", List.of(),
        request);
  }

  private static boolean isUnavailable(Exception e) {
    return e instanceof CannotCreateTransactionException
        || e instanceof DataAccessResourceFailureException
        || e instanceof PessimisticLockingFailureException
        || e instanceof QueryTimeoutException
        || e instanceof TransientDataAccessException
        || DatabaseErrors.isAway(e)
        || DatabaseErrors.isBusy(e)
        || DatabaseErrors.isSchemaMissing(e);
  }

  private static ResponseEntity<ProblemDetails> answer(
      ProblemCode code, String detail, List<FieldError> errors, HttpServletRequest request) {
    var details = ProblemDetails.of(code, detail, errors, request);
    var answer = details.respond();
    if (code == ProblemCode.UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(details);
  }
}
