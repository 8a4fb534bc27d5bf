package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Decides whether an adapter's last report is fresh: it is available at this generation, has reported recently, and
 * nothing that it reads from the API has changed. Changes in Kubernetes are noticed after at most {@code
 * hyperfleet.adapters.fresh}.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class Freshness {

  /** Reasons of events that were not requested explicitly. */
  private static final Set<String> AUTOMATIC = Set.of("created", "generation-changed", "child-removed",
      "adapter-progress",
      "never-processed", "not-ready-max-age", "ready-max-age");

  private final Duration fresh;

  Freshness(AdapterProperties properties) {
    this.fresh = properties.fresh();
  }

  /** Whether the last report of an available adapter is fresh. */
  boolean isFresh(AdapterDefinition definition, Fetched fetched, Map<String, ?> event, Map<String, Object> facts) {
    var own = fetched.own();
    return tells(definition) && AUTOMATIC.contains(event.get("reason")) && own.isOf(fetched.owner().generation())
        && own.report().get("last_report_time") instanceof String time
        && Instant.parse(time).isAfter(fetched.time().now().minus(fresh))
        && own.isTrue("Available") && own.isTrue("Health")
        && digest(definition, fetched, facts).equals(own.metadata().get("digest"));
  }

  /** Whether a digest can prove this; not for adapters that read the time or the event. */
  boolean tells(AdapterDefinition definition) {
    return !fresh.isZero() && !definition.reads().passing();
  }

  /** The digest of everything that the adapter reads outside Kubernetes. */
  String digest(AdapterDefinition definition, Fetched fetched, Map<String, Object> facts) {
    return definition.reads().digest(definition, fetched.resource(), map(facts.get("cluster")),
        map(facts.get("adapters")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
  }
}
