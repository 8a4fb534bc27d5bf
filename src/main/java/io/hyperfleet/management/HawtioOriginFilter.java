package io.hyperfleet.management;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects cross-origin requests that use the browser's stored password. Links to Hawtio may be followed. Later handlers
 * see no origin and no preflight requests, so that none allows another origin to read responses, as Jolokia does by
 * default.
 */
final class HawtioOriginFilter extends OncePerRequestFilter {

  private static final Set<String> OTHERS = Set.of("cross-site", "same-site");
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean foreign = origin == null
        ? OTHERS.contains(String.valueOf(request.getHeader("Sec-Fetch-Site"))) && !follows(request)
        : !isOf(request, origin);
    if (foreign) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    } else if (!METHODS.contains(request.getMethod())) {
      response.setHeader(HttpHeaders.ALLOW, String.join(", ", METHODS.stream().sorted().toList()));
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else {
      chain.doFilter(origin == null ? request : new WithoutOrigin(request), response);
    }
  }

  private static boolean follows(HttpServletRequest request) {
    return request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && !request.getServletPath().contains("/jolokia");
  }

  /** Whether host and port are those that were asked; a gateway may have taken TLS off. */
  private static boolean isOf(HttpServletRequest request, String origin) {
    try {
      var authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static final class WithoutOrigin extends HttpServletRequestWrapper {

    private WithoutOrigin(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getHeader(String name) {
      return HttpHeaders.ORIGIN.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.ORIGIN.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }
  }
}
