package io.hyperfleet.sentinel;

import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sentinel.DecisionProperties.Over;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** The requests of the tick: the next page of a kind's due list, and the items that get an event. */
@Component("sentinelSweeps")
@ConditionalOnRole(Role.SENTINEL)
public class SentinelSweeps {

  /** Reason of an event that a decision of the operator asked for. */
  private static final String CUSTOM = "custom";

  private final Map<String, Sweep> sweeps = new ConcurrentHashMap<>();
  private final Map<String, Decision> decisions = new HashMap<>();
  private final SentinelProperties properties;
  private final ResourceSelector selector;
  private final SentinelMonitor monitor;

  /** @throws IllegalArgumentException when an expression of {@code hyperfleet.sentinel.decisions} is wrong */
  SentinelSweeps(SentinelProperties properties, CelEngine engine, SentinelMonitor monitor) {
    this.properties = properties;
    this.selector = ResourceSelector.of(properties.resourceSelector());
    this.monitor = monitor;
    properties.decisions().forEach((plural, decision) -> decisions.put(plural,
        Decision.of(engine, "hyperfleet.sentinel.decisions." + plural, decision)));
  }

  private Sweep of(String plural) {
    return sweeps.computeIfAbsent(plural, key -> {
      var decision = properties.decisions().get(key);
      return new Sweep(decision == null || decision.over() == Over.DUE, selector.isEmpty() ? "" : selector.search(),
          properties.pageSize(), decisions.get(key));
    });
  }

  /** Whether this tick is left out: the one before found nothing. */
  public boolean rests(@Variable("plural") String plural) {
    return of(plural).rests();
  }

  /** The query string of the next request. */
  public String query(@Variable("plural") String plural) {
    return of(plural).query();
  }

  /** Sets the variables {@code page}, the items of the answer, and {@code full}: whether there is another page. */
  public void open(@Variable("plural") String plural, @Body Map<String, List<Map<String, Object>>> answer,
      Exchange exchange) {
    exchange.setVariable("page", answer.get("items"));
    exchange.setVariable("full", of(plural).isFull(answer.get("items")));
  }

  /** The items of the page that get an event; each failed or refused one is counted. */
  public List<Map<String, Object>> choose(@Variable("plural") String plural,
      @Variable("page") List<Map<String, Object>> page, @Header("X-HyperFleet-Time") String apiTime) {
    var decision = of(plural).decision();
    if (decision == null) {
      return page;
    }
    var now = apiTime == null ? Instant.now() : OffsetDateTime.parse(apiTime).toInstant();
    var chosen = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> item : page) {
      var event = new HashMap<>(item);
      var verdict = decision.decide(resource(event.remove("resource")), event, now);
      if (verdict.publish()) {
        event.put("reason", CUSTOM);
        chosen.add(event);
      } else {
        monitor.skipped(plural, String.valueOf(item.get("id")), verdict.failure());
      }
    }
    return chosen;
  }

  /** Goes on behind the page, once its events are asked for. */
  public void advance(@Variable("plural") String plural, @Variable("page") List<Map<String, Object>> page) {
    of(plural).advance(page);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> resource(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
