package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.ExpressionErrors;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.event.ApiTime;
import java.math.BigInteger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Builds the report that an adapter sends, from the variables that its route has set. */
public class StatusReports {

  /** Longer messages are cut: they are for people, and a container may print anything. */
  static final int MAX_MESSAGE = 2_000;
  private static final char DELETE = 0x7F;
  private static final int REPLACEMENT = 0xFFFD;

  private final Clock clock;
  /** The API's clock as it was told last, for reports about a fetch that failed. */
  private volatile ApiTime lastTold;

  StatusReports(Clock clock) {
    this.clock = clock;
  }

  /**
   * The report of {@code conditions}, {@code message}, {@code data} and {@code workload}, about the fetched generation.
   *
   * @throws UnstorableDataException when the data has a text that the API cannot store
   */
  public Map<String, Object> build(Exchange exchange) {
    exchange.setVariable("reporting", true);
    var report = new LinkedHashMap<String, Object>();
    report.put("adapter", exchange.getVariable("adapterName"));
    report.put("observed_generation", generation(exchange));
    report.put("observed_time", observedTime(exchange));
    var conditions = conditions(exchange);
    report.put("conditions", conditions);
    var metadata = metadata(exchange, conditions);
    if (!metadata.isEmpty()) {
      report.put("metadata", metadata);
    }
    if (exchange.getVariable("launches") instanceof List<?> launches && !launches.isEmpty()) {
      report.put("launched", launches);
    }
    var data = exchange.getVariable("data");
    if (data != null) {
      UnstorableDataException.check(data);
      report.put("data", data);
    }
    return report;
  }

  /** About the Job and, of an adapter that has found all well, the digest of what it has looked at. */
  private static Map<String, Object> metadata(Exchange exchange, List<Map<String, Object>> conditions) {
    var metadata = new LinkedHashMap<String, Object>();
    if (exchange.getVariable("workload") instanceof Map<?, ?> workload) {
      workload.forEach((key, value) -> metadata.put((String) key, value));
    }
    if (exchange.getVariable("lookedAt") instanceof Reads.LookedAt lookedAt && isTrue(conditions, "Available")
        && isTrue(conditions, "Health")) {
      metadata.put("digest", lookedAt.digest());
    }
    return metadata;
  }

  private static boolean isTrue(List<Map<String, Object>> conditions, String type) {
    return conditions.stream().anyMatch(condition -> type.equals(condition.get("type"))
        && "True".equals(condition.get("status")));
  }

  /** The platform's conditions, with the adapter's own words where it has some, and then the adapter's own. */
  private static List<Map<String, Object>> conditions(Exchange exchange) {
    var line = exchange.getVariable("conditions", String.class);
    var message = exchange.getVariable("message", String.class);
    if (!(exchange.getVariable("definition") instanceof AdapterDefinition definition)) {
      return Conditions.parse(line, text(message));
    }
    var reporting = definition.reporting();
    var said = text(reporting.message(Conditions.availableReason(line), message, exchange.getVariables()));
    var failed = new ArrayList<String>();
    var all = reporting.complete(Conditions.parse(line, said), said, exchange.getVariables(), failed);
    if (!failed.isEmpty()) {
      exchange.setVariable("conditions", line.replaceFirst("Health=True \\w+", "Health=False ExpressionError"));
      all.stream().filter(condition -> "Health".equals(condition.get("type")) && "True".equals(condition.get("status")))
          .forEach(health -> health.putAll(Map.of("status", "False", "reason", "ExpressionError",
              "message", ExpressionErrors.message(failed))));
    }
    all.forEach(condition -> condition.computeIfPresent("message", (key, value) -> text((String) value)));
    return all;
  }

  /** The generation of the fetched resource, else of the event; 0 when neither tells one that can be. */
  static long generation(Exchange exchange) {
    for (String source : new String[] {"resource", "event"}) {
      if (exchange.getVariable(source) instanceof Map<?, ?> map && map.get("generation") instanceof Number generation
          && !(generation instanceof BigInteger)) {
        return generation.longValue();
      }
    }
    return 0;
  }

  private String observedTime(Exchange exchange) {
    if (exchange.getVariable("apiTime") instanceof ApiTime apiTime) {
      lastTold = apiTime;
    }
    var time = lastTold == null ? clock.instant() : lastTold.now();
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static String text(String message) {
    return message == null ? null : cut(storable(message));
  }

  /** Without control characters and halves of characters, which JSON or the database would refuse. */
  private static String storable(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < DELETE)) {
      return text;
    }
    return text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' || Character.getType(c) == Character.SURROGATE
            ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  private static String cut(String text) {
    if (text.length() <= MAX_MESSAGE) {
      return text;
    }
    int end = MAX_MESSAGE - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
  }
}
