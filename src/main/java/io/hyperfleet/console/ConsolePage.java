package io.hyperfleet.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What every page does alike. */
abstract class ConsolePage {

  private static final String OUTCOME = "outcome";

  final ConsoleApi api;
  private final UserToken tokens;
  private final Clock clock = Clock.systemUTC();

  ConsolePage(ConsoleApi api, UserToken tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** In whose name this request asks the API. */
  final ApiCaller caller(HttpServletRequest request, HttpServletResponse response) {
    return tokens.of(request, response);
  }

  final Instant now() {
    return clock.instant();
  }

  /** The page as a whole, or only what changes in it, where htmx asks. */
  static String view(String page, HttpServletRequest request) {
    return isPart(request) ? page + " :: live" : page;
  }

  static boolean isPart(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
  }

  /** Where to go after an action: htmx gets the page's new state at once, a browser without it is sent back. */
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
