package io.hyperfleet.api;

import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Counts and times requests by method, route and status. The route is the path with {@code -} for each variable;
 * unmatched paths are {@code /-}, so that callers cannot create labels.
 */
class RequestMetricsFilter extends OncePerRequestFilter {

  private static final String UNMATCHED = "/-";
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry meters;
  /** By pattern; as many as there are routes. */
  private final Map<String, String> paths = new ConcurrentHashMap<>();
  /** As many as there are methods, routes and statuses of theirs. */
  private final Map<Answer, Meters> answers = new ConcurrentHashMap<>();

  private record Answer(String method, String path, int status) {}

  private record Meters(Counter count, Timer time) {}

  RequestMetricsFilter(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      var found = answers.computeIfAbsent(new Answer(method(request), path(request), status), this::meters);
      found.count().increment();
      found.time().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  /** Console pages are not API requests; their own requests to the API are counted. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/console");
  }

  private Meters meters(Answer answer) {
    var labels = new String[]{answer.method(), answer.path(), String.valueOf(answer.status())};
    return new Meters(Metric.API_REQUESTS.counter(meters, labels), Metric.API_REQUEST_DURATION.timer(meters, labels));
  }

  private static String method(HttpServletRequest request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
  }

  private String path(HttpServletRequest request) {
    var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null || "/**".equals(pattern)
        ? UNMATCHED
        : paths.computeIfAbsent(pattern.toString(), route -> VARIABLE.matcher(route).replaceAll("-"));
  }
}
