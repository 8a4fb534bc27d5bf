package io.hyperfleet.api;

import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Counts and times requests by method, route and status. The route is the path with a {@code -} in the place of each
 * variable; what matches none is {@code /-}, so that nothing a caller chooses becomes a label.
 */
class RequestMetricsFilter extends OncePerRequestFilter {

  private static final String UNMATCHED = "/-";
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry meters;
  /** By pattern; as many as there are routes. */
  private final Map<String, String> paths = new ConcurrentHashMap<>();

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
      var labels = new String[]{method(request), path(request), String.valueOf(status)};
      Metric.API_REQUESTS.counter(meters, labels).increment();
      Metric.API_REQUEST_DURATION.timer(meters, labels).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
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
