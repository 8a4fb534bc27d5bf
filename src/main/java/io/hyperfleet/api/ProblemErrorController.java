package io.hyperfleet.api;

import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns failures before a controller is reached as problem details. */
@RestController
@ConditionalOnRole(Role.API)
class ProblemErrorController implements ErrorController {

  @RequestMapping("${server.error.path:${error.path:/error}}")
  ResponseEntity<ProblemDetails> error(HttpServletRequest request) {
    var status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var code = status == null ? ProblemCode.ENDPOINT_NOT_FOUND : ProblemCode.ofStatus(status);
    var details = ProblemDetails.of(code, null, List.of(), request);
    return details.respond().body(details);
  }
}
