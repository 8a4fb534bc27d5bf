package io.hyperfleet.adapter;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong while an event was handled into the conditions of a report (journey A6). */
public class AdapterFailures {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterFailures.class);
  private static final String DOWN = "Applied=False %1$s, Available=False %1$s, Health=False %1$s";

  /**
   * Kubernetes is away. What was Applied and Available at this generation stays so: not being able to look is no reason to
   * tear a Ready cluster down.
   */
  public void kubernetes(Exchange exchange) {
    var failure = failure(exchange);
    exchange.setVariable("failure", true);
    exchange.setVariable("message", "Cannot connect to Kubernetes API: " + failure.getMessage()
        + ". The next event tries again; check the API server, the network and the adapter's credentials.");
    exchange.setVariable("conditions", Boolean.TRUE.equals(exchange.getVariable("upToDate"))
        ? "Applied=True " + reason(exchange, "Applied") + ", Available=True " + reason(exchange, "Available")
            + ", Health=False KubernetesAPIFailure"
        : DOWN.formatted("KubernetesAPIFailure"));
    LOG.error("{}: Kubernetes failed: {}", exchange.getVariable("adapterName"), failure.toString());
  }

  /**
   * The API is away, or something failed that nobody expected. Sets {@code reportable}: there is a resource and a generation
   * to report about, and it was not the report itself that failed.
   */
  public void unexpected(Exchange exchange) {
    var failure = failure(exchange);
    boolean api = failure instanceof IOException || failure instanceof HttpOperationFailedException;
    LOG.error("{}: {}", exchange.getVariable("adapterName"),
        api ? "HyperFleet API unreachable: " + failure : "cannot handle an event", api ? null : failure);
    exchange.setVariable("failure", true);
    exchange.setVariable("reportable", exchange.getVariable("reporting") == null
        && exchange.getVariable("event") instanceof Map<?, ?> event
        && (exchange.getVariable("resource") != null || ((Number) event.get("generation")).longValue() > 0));
    exchange.setVariable("message", (api ? "HyperFleet API unreachable: " : "Unexpected error: ") + failure.getMessage());
    exchange.setVariable("conditions", DOWN.formatted("AdapterError"));
  }

  private static String reason(Exchange exchange, String type) {
    var adapters = (Map<?, ?>) exchange.getVariable("adapters");
    var own = (Map<?, ?>) adapters.get(exchange.getVariable("adapterName"));
    var condition = own.get("conditions") instanceof Map<?, ?> conditions ? (Map<?, ?>) conditions.get(type) : null;
    var reason = condition == null ? null : condition.get("reason");
    return reason == null || String.valueOf(reason).isEmpty() ? "LastKnown" : String.valueOf(reason);
  }

  private static Throwable failure(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }
}
