package io.hyperfleet.api;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.trace.TraceContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id, the caller's own if valid, in the response and the log. Continues the caller's trace
 * context, so that the events of this request carry it.
 */
class RequestIdFilter extends OncePerRequestFilter {

  static final String HEADER = "X-Request-ID";
  private static final String MDC_KEY = "request_id";
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var id = request.getHeader(HEADER);
    if (id == null || !HARMLESS.matcher(id).matches()) {
      id = UuidV7.next().toString();
    }
    request.setAttribute(HEADER, id);
    response.setHeader(HEADER, id);
    response.setHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
    MDC.put(MDC_KEY, id);
    try (var trace = TraceContext.read(request::getHeader).toContext().makeCurrent()) {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(MDC_KEY);
      LogContext.clear();
    }
  }

  /** The id of a request; null before this filter. */
  static String of(HttpServletRequest request) {
    return (String) request.getAttribute(HEADER);
  }
}
