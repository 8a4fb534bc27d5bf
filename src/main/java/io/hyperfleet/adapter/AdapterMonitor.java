package io.hyperfleet.adapter;

import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.hyperfleet.adapter.event.Fetched;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Logs and counts the outcomes of events. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterMonitor.class);
  private static final String UNDECODABLE = "undecodable";
  private static final List<String> OUTCOMES = List.of("success", "failed", "skipped", UNDECODABLE);

  private final MeterRegistry meters;
  private final Subscriptions subscriptions;
  private final AdapterRegistry adapters;

  AdapterMonitor(MeterRegistry meters, Subscriptions subscriptions, AdapterRegistry adapters) {
    this.meters = meters;
    this.subscriptions = subscriptions;
    this.adapters = adapters;
  }

  /** Parts of handling an event, as named in metrics of errors. */
  enum Part {
    PARAM_EXTRACTION, PRECONDITIONS, RESOURCES, POST_ACTIONS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Registers an adapter's meters at zero. */
  void watch(String adapter) {
    OUTCOMES.forEach(status -> Metric.ADAPTER_EVENTS.counter(meters, adapter, status));
    Stream.of(Part.values()).forEach(part -> errors(adapter, part));
    Metric.ADAPTER_EVENT_DURATION.timer(meters, adapter);
  }

  /** Counts an error in a part of handling an event. */
  void error(Exchange exchange, Part part) {
    error(exchange.getVariable("adapterName", String.class), part);
  }

  void error(String adapter, Part part) {
    errors(adapter, part).increment();
    LogContext.failed(part.word());
  }

  private Counter errors(String adapter, Part part) {
    return Metric.ADAPTER_ERRORS.counter(meters, adapter, part.word());
  }

  /** The report has been sent. */
  public void reported(Exchange exchange, @Variable("report") Map<String, Object> report,
      @Variable("failure") Failure failure,
      @Variable("message") String message) {
    count(exchange, failure == null ? "success" : "failed");
    var line = Conditions.line(report.get("conditions"));
    if (line.contains("Health=False")) {
      if (failure == null) {
        error(exchange, Part.RESOURCES);
      }
      LOG.warn("{}: {} generation {}: {}: {}", exchange.getVariable("adapterName"), resource(exchange),
          report.get("observed_generation"), line, message);
    } else {
      LOG.info("{}: {} generation {}: {}", exchange.getVariable("adapterName"), resource(exchange),
          report.get("observed_generation"), line);
    }
  }

  /** The event is skipped: the adapter is available and nothing has changed since its last report. */
  public void skipped(Exchange exchange) {
    count(exchange, "skipped");
    LOG.debug("{}: {} skipped: unchanged since the last check", exchange.getVariable("adapterName"),
        resource(exchange));
  }

  /**
   * The event is skipped: the resource is paused, the adapter suspended, or the revision that the resource follows not
   * available.
   */
  public void held(Exchange exchange) {
    count(exchange, "skipped");
    LOG.info("{}: {} skipped: {}", exchange.getVariable("adapterName"), resource(exchange),
        !(exchange.getVariable("fetched") instanceof Fetched fetched)
            ? "the adapter is suspended"
            : fetched.paused() ? "it is paused" : "its revision " + fetched.revision() + " is not available");
  }

  /** A message could not be decoded; its content is not logged. */
  public void undecodable(Exchange exchange) {
    count(exchange, UNDECODABLE);
    brokerError(exchange, "conversion");
    LOG.warn("{}: acknowledged an undecodable message: {}", exchange.getVariable("adapterName"),
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class).getClass().getSimpleName());
  }

  /** The resource no longer exists: nothing to do or to report. */
  public void gone(Exchange exchange) {
    count(exchange, "skipped");
    LOG.info("{}: {} is gone", exchange.getVariable("adapterName"), resource(exchange));
  }

  /** A message that cannot be decoded could not be copied to the dead-letter topic. */
  public void copyLost(Exchange exchange) {
    LOG.error("{}: cannot copy a message to the dead-letter topic: {}", exchange.getVariable("adapterName"),
        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  /** A failure could not be reported; the next event tries again. */
  public void unreported(Exchange exchange) {
    count(exchange, "failed");
    error(exchange, exchange.getVariable("fetched") == null ? Part.PARAM_EXTRACTION : Part.POST_ACTIONS);
    brokerError(exchange, "handler");
    LOG.error("{}: {}: cannot report: {}", exchange.getVariable("adapterName"), resource(exchange),
        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  /** A Job that is no longer needed could not be deleted; the next event tries again. */
  public void cleanUpFailed(Exchange exchange) {
    LOG.warn("{}: {}: cannot delete a Job that is no longer needed: {}", exchange.getVariable("adapterName"),
        resource(exchange), String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  private void count(Exchange exchange, String status) {
    var adapter = exchange.getVariable("adapterName", String.class);
    Metric.ADAPTER_EVENTS.counter(meters, adapter, status).increment();
    Metric.ADAPTER_EVENT_DURATION.timer(meters, adapter).record(Duration.ofMillis(exchange.getClock().elapsed()));
  }

  private void brokerError(Exchange exchange, String type) {
    var adapter = exchange.getVariable("adapterName", String.class);
    adapters.find(adapter).flatMap(definition -> subscriptions.topic(definition.subscription()))
        .ifPresent(topic -> Metric.BROKER_ERRORS.counter(meters, adapter, topic, type).increment());
  }

  private static Object resource(Exchange exchange) {
    return exchange.getVariable("event") instanceof Map<?, ?> event ? event.get("id") : "a resource";
  }
}
