package io.hyperfleet.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * {@code /readyz}: readiness of this process's roles; otherwise 503, with the first problem as {@code reason}.
 */
@Component
@WebEndpoint(id = "readyz")
class ReadyzEndpoint {

  private static final String NOT_READY = "not_ready";

  private final ApplicationAvailability availability;
  private final Readiness readiness;
  private volatile boolean hasRun;

  ReadyzEndpoint(ApplicationAvailability availability, Readiness readiness) {
    this.availability = availability;
    this.readiness = readiness;
  }

  @EventListener(ApplicationReadyEvent.class)
  void runs() {
    hasRun = true;
  }

  @ReadOperation(produces = "application/json")
  WebEndpointResponse<Map<String, Object>> readyz() {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      return hasRun
          ? answer("shutting_down", "the process is shutting down", Map.of())
          : answer(NOT_READY, "the process is starting", Map.of());
    }
    var answers = readiness.ask();
    var missing = answers.values().stream().filter(text -> !ReadinessCheck.passes(text)).findFirst();
    return answer(missing.isEmpty() ? ReadinessCheck.OK : NOT_READY, missing.orElse(null), answers);
  }

  private static WebEndpointResponse<Map<String, Object>> answer(String status, String reason,
      Map<String, String> checks) {
    var body = new LinkedHashMap<String, Object>();
    body.put("status", status);
    if (reason != null) {
      body.put("reason", reason);
    }
    body.put("checks", checks);
    return new WebEndpointResponse<>(body, reason == null ? 200 : 503);
  }
}
