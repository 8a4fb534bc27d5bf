package io.hyperfleet.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Common methods of pages. */
abstract class ConsolePage {

  private static final String OUTCOME = "outcome";

  final ConsoleApi api;
  private final UserToken tokens;
  private final Clock clock = Clock.systemUTC();

  ConsolePage(ConsoleApi api, UserToken tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** The identity for this request's calls of the API. */
  final ApiCaller caller(HttpServletRequest request, HttpServletResponse response) {
    return tokens.of(request, response);
  }

  final Instant now() {
    return clock.instant();
  }

  /** The whole page, or only its live part for htmx. */
  static String view(String page, HttpServletRequest request) {
    return isPart(request) ? page + " :: live" : page;
  }

  static boolean isPart(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
  }

  /** The response to an action: htmx gets the page's new state, a browser without htmx a redirect. */
  static String after(Outcome outcome, String path, HttpServletRequest request, Model model,
      RedirectAttributes redirect) {
    if (isPart(request)) {
      model.addAttribute(OUTCOME, outcome);
      return null;
    }
    redirect.addFlashAttribute(OUTCOME, outcome);
    return "redirect:" + path;
  }
}
