package io.hyperfleet.adapter;

import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.workload.Applied;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says what went wrong while an event was handled, and what of the former report still holds. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterFailures {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterFailures.class);
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9:]*");

  private final AdapterMonitor monitor;

  AdapterFailures(AdapterMonitor monitor) {
    this.monitor = monitor;
  }

  /** Kubernetes is away, or refuses this adapter. */
  public Failure kubernetes(Exchange exchange) {
    var failure = failure(exchange);
    LOG.error("{}: Kubernetes failed: {}", exchange.getVariable("adapterName"), KubernetesErrors.details(failure));
    monitor.error(exchange, AdapterMonitor.Part.RESOURCES);
    var assessed = exchange.getVariable("assessed", Assessed.class);
    boolean available = assessed != null && assessed.available() && !deleting(exchange);
    return failure(exchange, true, available, KubernetesErrors.platform(failure));
  }

  /**
   * The API is away, or something failed that nobody expected. It can be reported when there is a resource and a
   * generation to report about, and it was not the report itself that failed, unless the API refused what was in it.
   */
  public Failure unexpected(Exchange exchange) {
    var failure = failure(exchange);
    boolean reporting = exchange.getVariable("report") != null;
    boolean unstorable = failure instanceof UnstorableDataException;
    boolean refused = unstorable
        || failure instanceof HttpOperationFailedException http && http.getStatusCode() / 100 == 4 && reporting;
    var words = failure instanceof HttpOperationFailedException http
        ? ApiRefusal.words(http)
        : FailureMessage.of(failure);
    boolean api = !refused && (failure instanceof IOException || failure instanceof HttpOperationFailedException);
    LOG.error("{}: {}", exchange.getVariable("adapterName"),
        api ? "HyperFleet API unreachable: " + words : refused ? "report refused: " + words : "cannot handle an event",
        api || refused ? null : failure);
    boolean reportable = (refused || !reporting) && exchange.getVariable("event") != null
        && StatusReports.generation(exchange) > 0;
    if (reportable) {
      monitor.error(exchange, refused
          ? AdapterMonitor.Part.POST_ACTIONS
          : exchange.getVariable("fetched") == null
              ? AdapterMonitor.Part.PARAM_EXTRACTION
              : AdapterMonitor.Part.RESOURCES);
    } else {
      monitor.unreported(exchange);
    }
    return failure(exchange, reportable, false, (api
        ? "HyperFleet API unreachable: "
        : unstorable
            ? "The adapter's data cannot be reported: "
            : refused ? "The API refused the adapter's report: " : "Unexpected error: ")
        + words);
  }

  private static Failure failure(Exchange exchange, boolean reportable, boolean available, String message) {
    var own = own(exchange);
    return new Failure(reportable, deleting(exchange), available, own.isTrue("Applied") ? "True" : "False",
        reason(own, "Applied"),
        reason(own, "Available"), available ? data(exchange) : null, message);
  }

  private static boolean deleting(Exchange exchange) {
    var fetched = exchange.getVariable("fetched", Fetched.class);
    return fetched != null && fetched.deleting();
  }

  /** The reason that this adapter gave for a condition that is True; other texts could be taken for more conditions. */
  private static String reason(OwnReport own, String type) {
    return own.isTrue(type) && own.condition(type).get("reason") instanceof String reason
        && REASON.matcher(reason).matches()
            ? reason
            : "LastKnown";
  }

  private static OwnReport own(Exchange exchange) {
    var fetched = exchange.getVariable("fetched", Fetched.class);
    return fetched == null ? new OwnReport(Map.of()) : fetched.own();
  }

  private static Map<?, ?> data(Exchange exchange) {
    return exchange.getVariable("assessed", Assessed.class).reported(exchange.getVariable("adapterName", String.class))
        .get("data") instanceof Map<?, ?> data ? data : null;
  }

  /** What was thrown; a circuit wraps what is not of Kubernetes. */
  private static Throwable failure(Exchange exchange) {
    var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return caught instanceof RuntimeCamelException && caught.getCause() != null ? caught.getCause() : caught;
  }
}
