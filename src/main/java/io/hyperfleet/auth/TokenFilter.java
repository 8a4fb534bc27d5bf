package io.hyperfleet.auth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling: the first issuer whose header holds a good token says so. Of several failures, a token that has
 * expired is the one to tell. A request without any token goes on; what it may see is decided later.
 */
final class TokenFilter extends OncePerRequestFilter {

  private final List<TrustedIssuer> issuers;
  private final AuthenticationEntryPoint refusal;

  TokenFilter(List<TrustedIssuer> issuers, AuthenticationEntryPoint refusal) {
    this.issuers = issuers;
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    TokenFailure failure = null;
    Caller caller = null;
    for (TrustedIssuer issuer : issuers) {
      if (caller == null && issuer.isMeant(request)) {
        try {
          caller = issuer.caller(request);
        } catch (TokenFailure e) {
          failure = failure != null && failure.isExpired() ? failure : e;
        }
      }
    }
    if (caller == null && failure != null) {
      refusal.commence(request, response, failure);
      return;
    }
    if (caller != null) {
      var context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(new CallerAuthentication(caller));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }
}
