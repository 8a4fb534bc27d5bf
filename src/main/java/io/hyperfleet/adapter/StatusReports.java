package io.hyperfleet.adapter;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Builds the report that an adapter sends, from the variables that its route has set. */
public class StatusReports {

  /** Longer messages are cut: they are for people, and a container may print anything. */
  static final int MAX_MESSAGE = 2_000;

  private final Clock clock;

  StatusReports(Clock clock) {
    this.clock = clock;
  }

  /** The report of {@code conditions}, {@code message}, {@code data} and {@code workload}, about the fetched generation. */
  public Map<String, Object> build(Exchange exchange) {
    exchange.setVariable("reporting", true);
    var report = new LinkedHashMap<String, Object>();
    report.put("adapter", exchange.getVariable("adapterName"));
    report.put("observed_generation", generation(exchange));
    report.put("observed_time", observedTime(exchange));
    report.put("conditions", Conditions.parse(exchange.getVariable("conditions", String.class), message(exchange)));
    var workload = exchange.getVariable("workload");
    if (workload != null) {
      report.put("metadata", workload);
    }
    var data = exchange.getVariable("data");
    if (data != null) {
      report.put("data", data);
    }
    return report;
  }

  static long generation(Exchange exchange) {
    var source = exchange.getVariable("resource") instanceof Map<?, ?> resource ? resource
        : (Map<?, ?>) exchange.getVariable("event");
    return ((Number) source.get("generation")).longValue();
  }

  private String observedTime(Exchange exchange) {
    var time = exchange.getVariable("apiTime") instanceof ApiTime apiTime ? apiTime.now() : clock.instant();
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static String message(Exchange exchange) {
    var message = exchange.getVariable("message", String.class);
    return message == null || message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 3) + "...";
  }
}
