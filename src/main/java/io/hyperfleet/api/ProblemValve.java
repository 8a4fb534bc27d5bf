package io.hyperfleet.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Returns requests that Tomcat itself rejects, such as an undecodable path, as problem details. */
class ProblemValve extends ErrorReportValve {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

  /** Statuses with a code in the catalogue; others have only their status. */
  private static final Set<Integer> CODES = Set.of(400, 404, 405, 413, 500, 503);

  private final ObjectMapper json;

  ProblemValve(ObjectMapper json) {
    this.json = json;
  }

  /** Requests that the web server rejects first have only a status. */
  private static String detail(ProblemCode code) {
    return code.status() == 400
        ? "the request is malformed: its path, a header or the body's encoding violates HTTP or is not UTF-8"
        : null;
  }

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()
        || !CODES.contains(response.getStatus())) {
      return;
    }
    if (request.getAttribute(RequestIdFilter.HEADER) == null) {
      request.setAttribute(RequestIdFilter.HEADER, UuidV7.next().toString());
      response.setHeader(RequestIdFilter.HEADER, RequestIdFilter.of(request));
    }
    response.setHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
    var code = ProblemCode.ofStatus(response.getStatus());
    try {
      response.setStatus(code.status());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.getOutputStream()
          .write(json.writeValueAsBytes(ProblemDetails.of(code, detail(code), List.of(), request)));
      response.finishResponse();
    } catch (IOException e) {
      LOG.debug("the client closed the connection before the response");
    }
  }
}
