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

/** Explains failures in handling an event, and decides what of the previous report still holds. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterFailures {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterFailures.class);
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9:]*");

  private final AdapterMonitor monitor;

  AdapterFailures(AdapterMonitor monitor) {
    this.monitor = monitor;
  }

  /** Kubernetes is unreachable, or denies access to this adapter. */
  public Failure kubernetes(Exchange exchange) {
    var failure = failure(exchange);
    LOG.error("{}: request to Kubernetes failed: {}", exchange.getVariable("adapterName"),
        KubernetesErrors.details(failure));
    monitor.error(exchange, AdapterMonitor.Part.RESOURCES);
    var assessed = exchange.getVariable("assessed", Assessed.class);
    boolean available = assessed != null && assessed.available() && !deleting(exchange);
    return failure(exchange, true, available, KubernetesErrors.platform(failure));
  }

  /**
   * The API is unreachable, or an unexpected failure occurred. It can be reported if the resource and its generation
   * are known, unless sending the report itself failed for another reason than its content.
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
        api ? "HyperFleet API unreachable: " + words : refused ? "report rejected: " + words : "cannot process event",
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
            : refused ? "The API rejected the adapter's report: " : "Unexpected error: ")
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

  /** The last reported reason of a condition that is True. Other text could be parsed as further conditions. */
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

  /** The exception; a circuit breaker wraps those that are not of Kubernetes. */
  private static Throwable failure(Exchange exchange) {
    var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return caught instanceof RuntimeCamelException && caught.getCause() != null ? caught.getCause() : caught;
  }
}
