package io.hyperfleet.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts what became of events. */
public class AdapterMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterMonitor.class);
  private static final String EVENTS = "hyperfleet.adapter.events.processed";

  private final MeterRegistry meters;

  AdapterMonitor(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The report has reached the API. */
  public void reported(Exchange exchange) {
    var failed = Boolean.TRUE.equals(exchange.getVariable("failure"));
    count(exchange, failed ? "failed" : "success");
    var conditions = exchange.getVariable("conditions", String.class);
    if (conditions.contains("Health=False")) {
      LOG.warn("{}: {} generation {}: {}: {}", exchange.getVariable("adapterName"), resource(exchange),
          StatusReports.generation(exchange), conditions, exchange.getVariable("message"));
    } else {
      LOG.info("{}: {} generation {}: {}", exchange.getVariable("adapterName"), resource(exchange),
          StatusReports.generation(exchange), conditions);
    }
  }

  /** A message that names no resource; its content stays out of the log. */
  public void undecodable(Exchange exchange) {
    count(exchange, "undecodable");
    LOG.warn("{}: acknowledged a message that cannot be decoded: {}", exchange.getVariable("adapterName"),
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class).getClass().getSimpleName());
  }

  /** The resource is gone: nothing to do and nobody to tell. */
  public void gone(Exchange exchange) {
    count(exchange, "skipped");
    LOG.info("{}: {} is gone", exchange.getVariable("adapterName"), resource(exchange));
  }

  /** A message that cannot be decoded could not be copied to the dead-letter topic. */
  public void copyLost(Exchange exchange) {
    LOG.error("{}: cannot copy a message to the dead-letter topic: {}", exchange.getVariable("adapterName"),
        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  /** What was to be said about a failure cannot be said; the next event brings it up again. */
  public void unreported(Exchange exchange) {
    count(exchange, "failed");
    LOG.error("{}: {}: cannot report: {}", exchange.getVariable("adapterName"), resource(exchange),
        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  /** A Job that has succeeded and is reported could not be deleted; the next event tries again. */
  public void cleanUpFailed(Exchange exchange) {
    LOG.warn("{}: {}: cannot delete a Job that is no longer needed: {}", exchange.getVariable("adapterName"),
        resource(exchange), String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  private void count(Exchange exchange, String status) {
    meters.counter(EVENTS, "adapter_name", String.valueOf(exchange.getVariable("adapterName")), "status", status)
        .increment();
  }

  private static Object resource(Exchange exchange) {
    return exchange.getVariable("event") instanceof Map<?, ?> event ? event.get("id") : "a resource";
  }
}
