package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Whether an adapter need not look again: it is available at this generation, has reported just now, and what it looked at is the same.
 * Only what Kubernetes holds may have changed meanwhile, and that waits for no longer than {@code hyperfleet.adapters.fresh}.
 */
public class Freshness {

  /** Reasons of events that nobody asked for in particular. */
  private static final Set<String> AUTOMATIC = Set.of("created", "generation-changed", "child-removed", "adapter-progress",
      "never-processed", "not-ready-max-age", "ready-max-age");

  private final Duration fresh;

  Freshness(Duration fresh) {
    this.fresh = fresh;
  }

  /**
   * Sets {@code lookedAt}, what the adapter looks at, and {@code fresh}, whether it has looked at just that a moment ago and
   * is available.
   */
  public void consider(Exchange exchange, @Variable("definition") AdapterDefinition definition, @Variable("event") Map<String, ?> event,
      @Variable("resource") Map<String, ?> resource, @Variable("owner") Owner owner, @Variable("apiTime") ApiTime now) {
    boolean deleting = Boolean.TRUE.equals(exchange.getVariable("deleting"));
    exchange.setVariable("fresh", false);
    if (deleting || fresh.isZero() || definition.reads().passing()) {
      return;
    }
    var lookedAt = definition.reads().lookedAt(definition, resource, map(exchange.getVariable("cluster")),
        map(exchange.getVariable("adapters")));
    exchange.setVariable("lookedAt", lookedAt);
    exchange.setVariable("fresh", AUTOMATIC.contains(event.get("reason"))
        && Boolean.TRUE.equals(exchange.getVariable("upToDate"))
        && saysNothingNew(OwnReport.of(resource, definition.name()), lookedAt, owner.generation(), now.now()));
  }

  private boolean saysNothingNew(OwnReport own, Reads.LookedAt lookedAt, long generation, Instant now) {
    return own.isOf(generation)
        && own.report().get("last_report_time") instanceof String time && Instant.parse(time).isAfter(now.minus(fresh))
        && own.isTrue("Available") && own.isTrue("Health") && lookedAt.digest().equals(own.metadata().get("digest"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
  }
}
