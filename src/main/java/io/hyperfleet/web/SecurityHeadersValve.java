package io.hyperfleet.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Adds security headers to every response, including errors: no sniffing, no loading of resources, no framing, no
 * referrer. The OpenAPI page and the console may load their own resources. Hawtio and its filter chain set their own.
 */
class SecurityHeadersValve extends ValveBase {

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /** Swagger UI writes style attributes, draws data: images, and asks the API that it describes. */
  private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
      + "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /** What the console is made of comes from the console; no style and no script stands in a page. */
  private static final String CONSOLE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
      + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  private final boolean hawtio;

  /**
   * Makes the rules of one server.
   *
   * @param hawtio whether Hawtio is served here
   */
  SecurityHeadersValve(boolean hawtio) {
    super(true);
    this.hawtio = hawtio;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    var path = request.getDecodedRequestURI() == null ? "" : request.getDecodedRequestURI();
    if (!hawtio || !path.startsWith("/hawtio")) {
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("X-Frame-Options", "DENY");
      response.setHeader("Content-Security-Policy", policy(path));
    }
    getNext().invoke(request, response);
  }

  private static String policy(String path) {
    if (path.startsWith("/console/")) {
      return CONSOLE;
    }
    return path.endsWith("/openapi.html") ? PAGE : NOTHING;
  }
}
