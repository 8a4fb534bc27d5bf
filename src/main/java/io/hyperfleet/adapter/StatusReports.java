package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Verified;
import io.hyperfleet.adapter.workload.JobState;
import io.hyperfleet.adapter.workload.KnownObjects;
import io.hyperfleet.adapter.workload.Returned;
import io.hyperfleet.json.StatusConditions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.math.BigInteger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Builds the report that an adapter sends, from what its event carries. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class StatusReports {

  /** Longer messages are truncated: they are for people, and a container may print anything. */
  static final int MAX_MESSAGE = 2_000;
  private static final char DELETE = 0x7F;
  private static final int REPLACEMENT = 0xFFFD;

  private final Clock clock = Clock.systemUTC();
  private final Freshness freshness;
  /** The last known time of the API, for reports on a failed fetch. */
  private volatile ApiTime lastTold;

  StatusReports(Freshness freshness) {
    this.freshness = freshness;
  }

  /**
   * The report with {@code conditions} and {@code message}, and the other results of the event, for the fetched
   * generation.
   *
   * @throws UnstorableDataException when the data contains text that the API cannot store
   */
  public Map<String, Object> build(Exchange exchange) {
    var report = new LinkedHashMap<String, Object>();
    report.put("adapter", exchange.getVariable("adapterName"));
    report.put("observed_generation", generation(exchange));
    report.put("observed_time", observedTime(exchange));
    if (exchange.getVariable("definition") instanceof AdapterDefinition definition) {
      report.put("adapter_revision", definition.digest());
    }
    var conditions = conditions(exchange);
    report.put("conditions", conditions);
    var metadata = metadata(exchange, conditions);
    if (!metadata.isEmpty()) {
      report.put("metadata", metadata);
    }
    var launched = launched(exchange);
    if (!launched.isEmpty()) {
      report.put("launched", launched);
    }
    var data = data(exchange);
    if (data != null) {
      UnstorableDataException.check(data);
      report.put("data", data);
    }
    return report;
  }

  private static List<Map<String, Object>> launched(Exchange exchange) {
    var launched = exchange.getVariable("job") instanceof JobState job
        ? job.launched()
        : exchange.getVariable("known") instanceof KnownObjects known
            ? known.launched()
            : List.<Map<String, Object>>of();
    if (exchange.getVariable("returned") instanceof Returned returned) {
      launched.forEach(returned::addTo);
    }
    return launched;
  }

  private static Map<?, ?> data(Exchange exchange) {
    if (exchange.getVariable("failure") instanceof Failure failure) {
      return failure.data();
    }
    return exchange.getVariable("verified") instanceof Verified verified && verified.unmet().isEmpty()
        && !verified.unusable()
            ? verified.data()
            : null;
  }

  /** Metadata of the Job and, for an available and healthy adapter, the digest of what it has read. */
  private Map<String, Object> metadata(Exchange exchange, List<Map<String, Object>> conditions) {
    var metadata = new LinkedHashMap<String, Object>();
    if (exchange.getVariable("job") instanceof JobState job && job.metadata() != null) {
      metadata.putAll(job.metadata());
    }
    if (exchange.getVariable("definition") instanceof AdapterDefinition definition && freshness.tells(definition)
        && exchange.getVariable("fetched") instanceof Fetched fetched
        && exchange.getVariable("assessed") instanceof Assessed assessed
        && StatusConditions.isTrue(conditions, "Available") && StatusConditions.isTrue(conditions, "Health")) {
      metadata.put("digest", freshness.digest(definition, fetched, assessed.facts()));
    }
    return metadata;
  }

  /**
   * The platform's conditions, with the adapter's messages if it has some, followed by the adapter's own conditions.
   */
  private static List<Map<String, Object>> conditions(Exchange exchange) {
    var line = exchange.getVariable("conditions", String.class);
    var message = exchange.getVariable("message", String.class);
    message = message == null || message.isEmpty() ? null : message;
    if (!(exchange.getVariable("definition") instanceof AdapterDefinition definition)) {
      return Conditions.parse(line, text(message));
    }
    var reporting = definition.reporting();
    var facts = facts(exchange);
    var said = text(reporting.message(Conditions.availableReason(line), message, facts));
    var failed = new ArrayList<String>();
    var all = reporting.complete(Conditions.parse(line, said), said, facts, failed);
    if (!failed.isEmpty()) {
      all.stream().filter(condition -> "Health".equals(condition.get("type")) && StatusConditions.isTrue(condition))
          .forEach(health -> health.putAll(Map.of("status", "False", "reason", "ExpressionError",
              "message", ExpressionErrors.message(failed))));
    }
    all.forEach(condition -> condition.computeIfPresent("message", (key, value) -> text((String) value)));
    return all;
  }

  /** The variables for the adapter's expressions, as far as they are known. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> facts(Exchange exchange) {
    if (!(exchange.getVariable("assessed") instanceof Assessed assessed)) {
      return exchange.getVariable("event") instanceof Map<?, ?> event ? Map.of("event", event) : Map.of();
    }
    return assessed
        .facts(exchange.getVariable("verified") instanceof Verified verified && !verified.resources().isEmpty()
            ? verified.resources()
            : (Map<String, Object>) exchange.getVariable("resources"));
  }

  /** The generation of the fetched resource, or else of the event; 0 if neither has a valid one. */
  static long generation(Exchange exchange) {
    if (exchange.getVariable("fetched") instanceof Fetched fetched) {
      return fetched.owner().generation();
    }
    return exchange.getVariable("event") instanceof Map<?, ?> event
        && event.get("generation") instanceof Number generation
        && !(generation instanceof BigInteger) ? generation.longValue() : 0;
  }

  private String observedTime(Exchange exchange) {
    if (exchange.getVariable("fetched") instanceof Fetched fetched) {
      lastTold = fetched.time();
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
            ? REPLACEMENT
            : c)
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
