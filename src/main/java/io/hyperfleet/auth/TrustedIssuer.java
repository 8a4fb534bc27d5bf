package io.hyperfleet.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** One issuer: verifies its tokens and determines the caller. */
final class TrustedIssuer {

  private static final Duration LEEWAY = Duration.ofSeconds(30);
  private static final String EXPIRED = "expired";
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  private final AuthProperties.Issuer settings;
  private final DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();
  private final NimbusJwtDecoder decoder;
  private final Pattern identityPattern;
  private final Pattern systemPattern;
  private final Pattern announcerPattern;

  TrustedIssuer(AuthProperties.Issuer settings, Clock clock) {
    this.settings = settings;
    this.header.setBearerTokenHeaderName(settings.header());
    this.decoder = new NimbusJwtDecoder(IssuerKeys.processor(settings));
    this.decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(new TokenTimesValidator(), times(clock),
        new JwtIssuerValidator(settings.issuerUrl()), audience(settings.audience()))));
    this.identityPattern = settings.identityClaimPattern() == null
        ? null
        : Pattern.compile(settings.identityClaimPattern());
    this.announcerPattern = settings.announcerPattern() == null ? null : Pattern.compile(settings.announcerPattern());
    this.systemPattern = settings.systemPattern() == null ? null : Pattern.compile(settings.systemPattern());
  }

  /** Whether a request has something in this issuer's header. */
  boolean isMeant(HttpServletRequest request) {
    return request.getHeader(settings.header()) != null;
  }

  /**
   * The caller named by the request's token.
   *
   * @throws TokenFailure when the token is not a valid one of this issuer
   */
  Caller caller(HttpServletRequest request) {
    try {
      var token = header.resolve(request);
      if (token == null) {
        throw TokenFailure.invalid();
      }
      return caller(request, decoder.decode(token));
    } catch (JwtValidationException e) {
      throw e.getErrors().stream().allMatch(error -> EXPIRED.equals(error.getErrorCode()))
          ? TokenFailure.expired()
          : TokenFailure.invalid();
    } catch (JwtException | OAuth2AuthenticationException e) {
      throw TokenFailure.invalid();
    }
  }

  private Caller caller(HttpServletRequest request, Jwt token) {
    var system = text(token, settings.systemClaim());
    boolean isSystem = systemPattern != null && system != null && systemPattern.matcher(system).matches();
    boolean announces = announcerPattern == null || system != null && announcerPattern.matcher(system).matches();
    var named = settings.identityHeader() == null ? null : request.getHeader(settings.identityHeader());
    if (named != null && !named.isBlank()) {
      return new Caller(usable(named.trim()), isSystem, announces);
    }
    var claimed = text(token, settings.identityClaim());
    if (claimed != null && identityPattern != null && !identityPattern.matcher(claimed).matches()) {
      return new Caller(null, isSystem, announces);
    }
    return new Caller(usable(claimed == null && isSystem ? system : claimed), isSystem, announces);
  }

  private static String text(Jwt token, String claim) {
    return token.getClaims().get(claim) instanceof String text && !text.isBlank() ? text : null;
  }

  private static String usable(String name) {
    return name != null && NAME.matcher(name).matches() ? name : null;
  }

  private static OAuth2TokenValidator<Jwt> times(Clock clock) {
    return token -> {
      var now = clock.instant();
      if (token.getExpiresAt() == null
          || token.getNotBefore() != null && token.getNotBefore().isAfter(now.plus(LEEWAY))) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_time"));
      }
      return token.getExpiresAt().plus(LEEWAY).isBefore(now)
          ? OAuth2TokenValidatorResult.failure(new OAuth2Error(EXPIRED))
          : OAuth2TokenValidatorResult.success();
    };
  }

  private static OAuth2TokenValidator<Jwt> audience(String wanted) {
    return wanted == null || wanted.isBlank()
        ? token -> OAuth2TokenValidatorResult.success()
        : new JwtClaimValidator<List<String>>("aud", audiences -> audiences != null && audiences.contains(wanted));
  }
}
