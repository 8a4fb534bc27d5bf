package io.hyperfleet.console;

import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Release;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** Attributes of every page, and error handling. */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnRole(Role.CONSOLE)
class ConsoleAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleAdvice.class);

  private final String refresh;
  private final boolean login;

  ConsoleAdvice(ConsoleProperties properties, AuthProperties auth) {
    this.refresh = properties.refresh().toMillis() + "ms";
    this.login = auth.enabled();
  }

  @ModelAttribute
  void onEveryPage(Model model, Authentication user, HttpServletRequest request) {
    model.addAttribute("part", ConsolePage.isPart(request));
    model.addAttribute("refresh", refresh);
    model.addAttribute("login", login);
    model.addAttribute("user", name(user));
    model.addAttribute("release", Release.version());
  }

  private static String name(Authentication user) {
    if (user != null && user.getPrincipal() instanceof OidcUser known) {
      return Optional.ofNullable(known.getEmail()).or(() -> Optional.ofNullable(known.getPreferredUsername()))
          .orElse(known.getSubject());
    }
    return "";
  }

  /** An open page keeps its data with a notice that it may be out of date; a new page shows only the notice. */
  @ExceptionHandler
  ModelAndView away(ApiAway e, HttpServletRequest request, HttpServletResponse response) {
    LOG.debug("the API is unreachable", e);
    return notice(e.getMessage(), HttpStatus.SERVICE_UNAVAILABLE, request, response);
  }

  @ExceptionHandler
  ModelAndView refused(ApiRefusal e, HttpServletRequest request, HttpServletResponse response) {
    var status = Optional.ofNullable(HttpStatus.resolve(e.status())).orElse(HttpStatus.BAD_GATEWAY);
    return notice(e.getMessage(), status, request, response);
  }

  @ExceptionHandler
  void loginAgain(ClientAuthorizationRequiredException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (ConsolePage.isPart(request)) {
      ConsoleSecurity.reload(response);
    } else {
      response.sendRedirect(ConsoleSecurity.SIGN_IN + "/" + ConsoleLogin.REGISTRATION);
    }
  }

  @ExceptionHandler
  ModelAndView failure(Exception e, HttpServletRequest request, HttpServletResponse response) {
    if (e instanceof ErrorResponse said && said.getStatusCode().is4xxClientError()) {
      var status = HttpStatus.valueOf(said.getStatusCode().value());
      return notice("Invalid request: " + said.getBody().getDetail(), status, request, response);
    }
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return notice("The page failed; see the console's log for the cause.", HttpStatus.INTERNAL_SERVER_ERROR, request,
        response);
  }

  private ModelAndView notice(String words, HttpStatus status, HttpServletRequest request,
      HttpServletResponse response) {
    boolean part = ConsolePage.isPart(request);
    if (part) {
      response.setHeader("HX-Reswap", "none");
    }
    var view = new ModelAndView(part ? "notice :: part" : "notice");
    // htmx ignores error responses, which would also fill the browser's console.
    view.setStatus(part ? HttpStatus.OK : status);
    view.addObject("words", words);
    if (status == HttpStatus.SERVICE_UNAVAILABLE && request.getMethod().equals("GET")) {
      view.addObject("tryAgain", true);
    }
    view.addObject("refresh", refresh);
    view.addObject("login", login);
    view.addObject("user", request.getUserPrincipal() instanceof Authentication user ? name(user) : "");
    view.addObject("release", Release.version());
    return view;
  }
}
