package io.hyperfleet.operation;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/**
 * {@code /healthz}: the process runs. It does not depend on other services, since restarting this process would not fix
 * them.
 */
@Component
@WebEndpoint(id = "healthz")
class HealthzEndpoint {

  @ReadOperation(produces = "application/json")
  Map<String, String> healthz() {
    return Map.of("status", "ok");
  }
}
