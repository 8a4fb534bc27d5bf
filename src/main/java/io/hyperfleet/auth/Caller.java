package io.hyperfleet.auth;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent a request.
 *
 * @param identity whom created_by, updated_by and deleted_by name; null when the token does not tell
 * @param system whether it is an adapter or a Sentinel, which may report and ask for events only
 * @param announcer whether it may, if it is a system identity, announce the adapters that it runs
 */
public record Caller(String identity, boolean system, boolean announcer) {

  /** The caller where nobody asks for tokens. */
  public static final String UNKNOWN = "system@hyperfleet.local";

  /** The name of this request's caller for the record. */
  public static String name() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication instanceof CallerAuthentication known && known.getPrincipal().identity() != null
        ? known.getPrincipal().identity()
        : UNKNOWN;
  }

  /** Whether a request is that of a system identity, by its token or by the header of a gateway. */
  public static boolean isSystem(HttpServletRequest request, AuthProperties properties) {
    var header = properties.systemHeader();
    return header != null && "true".equalsIgnoreCase(request.getHeader(header))
        || SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
            && known.getPrincipal().system();
  }
}
