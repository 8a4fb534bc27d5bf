package io.hyperfleet.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Authorization: authenticated callers may read, callers with an identity may write. System identities may only report
 * and request events; those that are permitted to announce adapters, and thereby determine which revisions exist, may
 * also halt a rollout, resume it and roll it back.
 */
final class CallerAuthorizationManager implements AuthorizationManager<RequestAuthorizationContext> {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern REPORTING = Pattern.compile("(PUT|POST) /api/(hyperfleet/v1/)?.+/status(es)?");
  /** Not for users, and not for each system identity. */
  static final String ANNOUNCING = "/api/hyperfleet/v1/announcements/";
  private static final Pattern ROLLOUTS = Pattern
      .compile("POST /api/hyperfleet/v1/adapters/[^/]+/(rollback|halt|resume)");
  private static final String ASKING = "POST /api/hyperfleet/v1/events";

  private final AuthProperties properties;

  CallerAuthorizationManager(AuthProperties properties) {
    this.properties = properties;
  }

  @Override
  public AuthorizationDecision authorize(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    return new AuthorizationDecision(isAllowed(authentication.get(), context.getRequest()));
  }

  @Override
  public AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    return authorize(authentication, context);
  }

  private boolean isAllowed(Authentication authentication, HttpServletRequest request) {
    var caller = authentication instanceof CallerAuthentication known ? known.getPrincipal() : null;
    if (properties.enabled() && caller == null) {
      return false;
    }
    if (READING.contains(request.getMethod())) {
      return true;
    }
    if (caller != null && caller.identity() == null) {
      throw TokenFailure.nameless();
    }
    if (request.getServletPath().startsWith(ANNOUNCING)) {
      return caller == null || Caller.isSystem(request, properties) && caller.announcer();
    }
    return !Caller.isSystem(request, properties) || isForSystems(request)
        || (caller == null || caller.announcer()) && ROLLOUTS.matcher(asked(request)).matches();
  }

  private static boolean isForSystems(HttpServletRequest request) {
    var asked = asked(request);
    return asked.equals(ASKING) || REPORTING.matcher(asked).matches();
  }

  private static String asked(HttpServletRequest request) {
    return request.getMethod() + " " + request.getServletPath();
  }
}
