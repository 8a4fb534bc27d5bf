package io.hyperfleet.console;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is said before a login and after it, and where there is no page. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class SignPage {

  private static final String WORDS = "words";
  private static final String PAGE = "sign";

  @GetMapping("/console/signed-out")
  String signedOut(Model model) {
    model.addAttribute(WORDS, "You have signed out of the console. Your login at the issuer may go on.");
    return PAGE;
  }

  @GetMapping("/console/sign-in-failed")
  String failed(Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    model.addAttribute(WORDS, "You could not be signed in: the issuer cannot be reached, or has refused. The console's "
        + "log says why.");
    return PAGE;
  }

  @GetMapping("/console/{page}")
  String nothing(Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.NOT_FOUND.value());
    model.addAttribute(WORDS, "There is no such page.");
    return "notice";
  }
}
