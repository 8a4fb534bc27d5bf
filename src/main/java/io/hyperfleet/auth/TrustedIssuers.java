package io.hyperfleet.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Authenticates the caller by the first issuer whose header has a valid token. Of several failures, an expired token is
 * reported. A request without a token continues; authorization decides later.
 */
final class TrustedIssuers {

  private final List<TrustedIssuer> issuers;

  TrustedIssuers(List<TrustedIssuer> issuers) {
    this.issuers = issuers;
  }

  /** Spring's filter reads one token; here each issuer reads its own header. */
  BearerTokenAuthenticationFilter filter(AuthenticationEntryPoint refusal) {
    AuthenticationManagerResolver<HttpServletRequest> asked = request -> token -> new CallerAuthentication(
        caller(request));
    var filter = new BearerTokenAuthenticationFilter(asked);
    filter.setBearerTokenResolver(request -> isMeant(request) ? "in the header of an issuer" : null);
    filter.setAuthenticationEntryPoint(refusal);
    return filter;
  }

  private boolean isMeant(HttpServletRequest request) {
    return issuers.stream().anyMatch(issuer -> issuer.isMeant(request));
  }

  private Caller caller(HttpServletRequest request) {
    var failure = TokenFailure.invalid();
    for (TrustedIssuer issuer : issuers) {
      if (issuer.isMeant(request)) {
        try {
          return issuer.caller(request);
        } catch (TokenFailure e) {
          failure = e.isExpired() ? e : failure;
        }
      }
    }
    throw failure;
  }
}
