package io.hyperfleet.auth;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent a request.
 *
 * @param identity name for created_by, updated_by and deleted_by; null if the token has none
 * @param system whether it is an adapter or a Sentinel, which may only report and request events
 * @param announcer whether it may, if it is a system identity, announce the adapters that it runs
 */
public record Caller(String identity, boolean system, boolean announcer) {

  /** The caller without authentication. */
  public static final String UNKNOWN = "system@hyperfleet.local";

  /** The identity of this request's caller for the audit fields. */
  public static String name() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication instanceof CallerAuthentication known && known.getPrincipal().identity() != null
        ? known.getPrincipal().identity()
        : UNKNOWN;
  }

  /** Whether a request is from a system identity, by its token or by a gateway's header. */
  public static boolean isSystem(HttpServletRequest request, AuthProperties properties) {
    var header = properties.systemHeader();
    return header != null && "true".equalsIgnoreCase(request.getHeader(header))
        || SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
            && known.getPrincipal().system();
  }
}
