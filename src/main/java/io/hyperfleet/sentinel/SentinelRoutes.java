package io.hyperfleet.sentinel;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/** Instantiates the Sentinel's tick for each kind that it watches. */
@Component
@ConditionalOnRole(Role.SENTINEL)
class SentinelRoutes implements TemplateInstances {

  private final List<Kind> kinds;
  private final ResourceSelector selector;
  private final SentinelMonitor monitor;

  /** @throws IllegalArgumentException when {@code hyperfleet.sentinel.kinds} names a kind that there is not */
  SentinelRoutes(Kinds kinds, SentinelProperties properties, SentinelMonitor monitor) {
    this.monitor = monitor;
    this.selector = ResourceSelector.of(properties.resourceSelector());
    this.kinds = properties.kinds().isEmpty()
        // Without a required adapter a resource is Ready at once and for good: nothing is ever due.
        ? kinds.all().stream().filter(kind -> !kind.requiredAdapters().isEmpty()).toList()
        : properties.kinds().stream().map(plural -> kind(kinds, plural)).toList();
  }

  private static Kind kind(Kinds kinds, String plural) {
    return kinds.all().stream().filter(kind -> kind.plural().equals(plural)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("hyperfleet.sentinel.kinds: there is no kind '" + plural
            + "', known are " + String.join(", ", kinds.all().stream().map(Kind::plural).toList())));
  }

  @Override
  public void addTo(CamelContext context) {
    for (Kind kind : kinds) {
      monitor.watch(kind.plural());
      var tick = TemplatedRouteBuilder.builder(context, "sentinel-tick")
          .routeId("sentinel-" + kind.plural())
          .prefixId("sentinel-" + kind.plural())
          .parameter("kind", kind.name())
          .parameter("plural", kind.plural());
      if (!selector.isEmpty()) {
        tick.parameter("search", selector.search());
      }
      tick.add();
    }
  }
}
