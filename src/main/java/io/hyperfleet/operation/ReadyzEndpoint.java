package io.hyperfleet.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** {@code /readyz}: what the roles of this process need is there; else 503 with the name of what is missing. */
@Component
@WebEndpoint(id = "readyz")
class ReadyzEndpoint {

  private final ApplicationAvailability availability;
  private final CamelContext camel;
  private final List<ReadinessCheck> checks;

  ReadyzEndpoint(ApplicationAvailability availability, CamelContext camel, List<ReadinessCheck> checks) {
    this.availability = availability;
    this.camel = camel;
    this.checks = checks;
  }

  @ReadOperation(produces = "application/json")
  WebEndpointResponse<Map<String, Object>> readyz() {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      return notReady(camel.isStarted() ? "shutting_down" : "not_ready", "the process is not running yet or no longer",
          Map.of());
    }
    var results = new LinkedHashMap<String, String>();
    results.put("routes", camel.isStarted() ? ReadinessCheck.OK : "Camel is " + camel.getStatus());
    // One after the other: each ends within its own time limit, and probes come seconds apart.
    checks.forEach(check -> results.put(check.name(), check.check()));
    return results.entrySet().stream().filter(result -> !ReadinessCheck.OK.equals(result.getValue())).findFirst()
        .map(missing -> notReady("not_ready", missing.getKey() + ": " + missing.getValue(), results))
        .orElseGet(() -> {
          var body = new LinkedHashMap<String, Object>();
          body.put("status", ReadinessCheck.OK);
          body.put("checks", results);
          return new WebEndpointResponse<>(body, 200);
        });
  }

  private static WebEndpointResponse<Map<String, Object>> notReady(String status, String reason,
      Map<String, String> results) {
    var body = new LinkedHashMap<String, Object>();
    body.put("status", status);
    body.put("reason", reason);
    body.put("checks", results);
    return new WebEndpointResponse<>(body, 503);
  }
}
