package io.hyperfleet.adapter;

import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.log.FailureWords;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong while an event was handled into the conditions of a report. */
public class AdapterFailures {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterFailures.class);
  private static final String DOWN = "Applied=%2$s %1$s, Available=False %1$s, Health=False %1$s";
  private static final String NOT_FINALIZED = ", Finalized=False AdapterUnhealthy";
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9:]*");

  private final AdapterMonitor monitor;

  AdapterFailures(AdapterMonitor monitor) {
    this.monitor = monitor;
  }

  /**
   * Kubernetes is away. What was Applied and Available at this generation stays so, with its data: not being able to look is
   * no reason to tear a Ready cluster down.
   */
  public void kubernetes(Exchange exchange) {
    var failure = failure(exchange);
    LOG.error("{}: Kubernetes failed: {}", exchange.getVariable("adapterName"), KubernetesErrors.details(failure));
    exchange.setVariable("failure", true);
    monitor.error(exchange, AdapterMonitor.Part.RESOURCES);
    exchange.setVariable("message", KubernetesErrors.platform(failure));
    if (Boolean.TRUE.equals(exchange.getVariable("upToDate")) && !deleting(exchange)) {
      exchange.setVariable("data", own(exchange).get("data"));
      exchange.setVariable("conditions", "Applied=True " + reason(exchange, "Applied") + ", Available=True "
          + reason(exchange, "Available") + ", Health=False KubernetesAPIFailure");
    } else {
      exchange.setVariable("conditions", down(exchange, "KubernetesAPIFailure"));
    }
  }

  /**
   * The API is away, or something failed that nobody expected. Sets {@code reportable}: there is a resource and a generation
   * to report about, and it was not the report itself that failed, unless the API refused what was in it.
   */
  public void unexpected(Exchange exchange) {
    var failure = failure(exchange);
    boolean unstorable = failure instanceof UnstorableDataException;
    boolean refused = unstorable || failure instanceof HttpOperationFailedException http && http.getStatusCode() / 100 == 4
        && exchange.getVariable("reporting") != null;
    var words = failure instanceof HttpOperationFailedException http ? ApiRefusal.words(http) : FailureWords.of(failure);
    boolean api = !refused && (failure instanceof IOException || failure instanceof HttpOperationFailedException);
    LOG.error("{}: {}", exchange.getVariable("adapterName"),
        api ? "HyperFleet API unreachable: " + words : refused ? "report refused: " + words : "cannot handle an event",
        api || refused ? null : failure);
    exchange.setVariable("failure", true);
    boolean reportable = (refused || exchange.getVariable("reporting") == null)
        && exchange.getVariable("event") != null && StatusReports.generation(exchange) > 0;
    exchange.setVariable("reportable", reportable);
    if (reportable) {
      monitor.error(exchange, refused ? AdapterMonitor.Part.POST_ACTIONS
          : exchange.getVariable("resource") == null ? AdapterMonitor.Part.PARAM_EXTRACTION : AdapterMonitor.Part.RESOURCES);
    } else {
      monitor.unreported(exchange);
    }
    exchange.removeVariable("data");
    exchange.setVariable("message", (api ? "HyperFleet API unreachable: "
        : unstorable ? "The adapter's data cannot be reported: "
        : refused ? "The API refused the adapter's report: " : "Unexpected error: ") + words);
    exchange.setVariable("conditions", down(exchange, "AdapterError"));
  }

  private static String down(Exchange exchange, String reason) {
    if (!deleting(exchange)) {
      return DOWN.formatted(reason, "False");
    }
    var applied = condition(exchange, "Applied").get("status");
    return DOWN.formatted(reason, "True".equals(applied) ? "True" : "False") + NOT_FINALIZED;
  }

  private static boolean deleting(Exchange exchange) {
    return Boolean.TRUE.equals(exchange.getVariable("deleting"));
  }

  /** The reason that this adapter gave for a condition that is True; other texts could be taken for more conditions. */
  private static String reason(Exchange exchange, String type) {
    var condition = condition(exchange, type);
    return "True".equals(condition.get("status")) && condition.get("reason") instanceof String reason
        && REASON.matcher(reason).matches() ? reason : "LastKnown";
  }

  private static Map<?, ?> condition(Exchange exchange, String type) {
    return own(exchange).get("conditions") instanceof Map<?, ?> conditions
        && conditions.get(type) instanceof Map<?, ?> condition ? condition : Map.of();
  }

  /** What this adapter has reported before, as CEL sees it. */
  private static Map<?, ?> own(Exchange exchange) {
    return exchange.getVariable("adapters") instanceof Map<?, ?> adapters
        && adapters.get(exchange.getVariable("adapterName")) instanceof Map<?, ?> own ? own : Map.of();
  }

  /** What was thrown; a circuit wraps what is not of Kubernetes. */
  private static Throwable failure(Exchange exchange) {
    var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return caught instanceof RuntimeCamelException && caught.getCause() != null ? caught.getCause() : caught;
  }
}
