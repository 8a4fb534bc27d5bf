package io.hyperfleet.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Returns 400 for ambiguous paths: with parameters, empty or dotted segments, or encoded separators. Runs before all
 * filters, some of which fail for such a path.
 */
class AmbiguousPathValve extends ValveBase {

  private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\]|//|/\\.{1,2}(/|$)|%(2e|2f|5c|3b|25|00)",
      Pattern.CASE_INSENSITIVE);

  AmbiguousPathValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      getNext().invoke(request, response);
    }
  }
}
