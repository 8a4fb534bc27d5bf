package io.hyperfleet.console;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages before and after a login, and for unknown paths. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class SignPage {

  private static final String WORDS = "words";
  private static final String PAGE = "sign";

  @GetMapping("/console/signed-out")
  String signedOut(Model model) {
    model.addAttribute(WORDS, "You have signed out of the console. Your session at the identity provider may still "
        + "be active.");
    return PAGE;
  }

  @GetMapping("/console/sign-in-failed")
  String failed(Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    model.addAttribute(WORDS, "Sign-in failed: the identity provider could not be reached or rejected the login. See "
        + "the console's log for the cause.");
    return PAGE;
  }

  @GetMapping("/console/{page}")
  String nothing(Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.NOT_FOUND.value());
    model.addAttribute(WORDS, "Page not found.");
    return "notice";
  }
}
