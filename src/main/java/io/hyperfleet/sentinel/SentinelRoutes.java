package io.hyperfleet.sentinel;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Instantiates the Sentinel's tick for each kind. */
@Component
@ConditionalOnRole(Role.SENTINEL)
class SentinelRoutes implements TemplateInstances {

  /** What the ids of the ticks begin with; the kind's plural follows. */
  static final String PREFIX = "sentinel-";

  /** Routes that also run without leadership: a replica finishes what it has listed. */
  private static final Set<String> ASKING = Set.of("sentinel-ask", "sentinel-ahead");

  /** Stands for kinds: the operator's own routes poll all of them. */
  private static final String NONE = "none";

  private final List<Kind> kinds;
  private final SentinelMonitor monitor;
  private final Leadership leadership;

  /** @throws IllegalArgumentException when {@code hyperfleet.sentinel.kinds} names an unknown kind */
  SentinelRoutes(Kinds kinds, SentinelProperties properties, SentinelMonitor monitor,
      @Qualifier(SentinelConfiguration.LEADERSHIP) Leadership leadership) {
    this.monitor = monitor;
    this.leadership = leadership;
    properties.decisions().keySet().forEach(plural -> kind(kinds, plural, "decisions"));
    this.kinds = properties.kinds().equals(List.of(NONE))
        ? List.of()
        : properties.kinds().isEmpty()
            // Without a required adapter, a resource is always Ready and never due.
            ? kinds.all().stream().filter(kind -> !kind.requiredAdapters().isEmpty()
                || properties.decisions().containsKey(kind.plural())).toList()
            : properties.kinds().stream().map(plural -> kind(kinds, plural, "kinds")).toList();
  }

  private static Kind kind(Kinds kinds, String plural, String key) {
    return kinds.all().stream().filter(kind -> kind.plural().equals(plural)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("hyperfleet.sentinel." + key + ": unknown kind '" + plural
            + "'; known: " + String.join(", ", kinds.all().stream().map(Kind::plural).toList())));
  }

  @Override
  public void addTo(CamelContext context) throws Exception {
    leadership.join(context, routeId -> routeId.startsWith(PREFIX) && !ASKING.contains(routeId));
    for (Kind kind : kinds) {
      monitor.watch(kind.plural());
      TemplatedRouteBuilder.builder(context, "sentinel-tick")
          .routeId(PREFIX + kind.plural())
          .prefixId(PREFIX + kind.plural() + ".")
          .parameter("kind", kind.name())
          .parameter("plural", kind.plural())
          .add();
    }
  }
}
