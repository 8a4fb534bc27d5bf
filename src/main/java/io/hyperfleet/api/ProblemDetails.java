package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.ProblemCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A problem in a response (RFC 9457).
 *
 * @param instance path of the request
 * @param traceId the request's id
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDetails(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    Instant timestamp,
    String traceId,
    List<FieldError> errors) {

  static ProblemDetails of(ProblemCode code, String detail, List<FieldError> errors, HttpServletRequest request) {
    var failed = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return new ProblemDetails(code.type(), code.title(), code.status(), detail,
        failed == null ? request.getRequestURI() : failed, code.code(), Instant.now().truncatedTo(ChronoUnit.MICROS),
        RequestIdFilter.of(request), errors);
  }

  ResponseEntity.BodyBuilder respond() {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
  }
}
