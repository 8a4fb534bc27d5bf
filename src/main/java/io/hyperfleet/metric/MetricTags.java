package io.hyperfleet.metric;

import io.hyperfleet.role.Release;
import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Adds component and version to every metric of HyperFleet. The component of an adapter's metrics is the adapter.
 */
@Component
class MetricTags implements MeterFilter {

  static final String COMPONENT = "component";
  static final String VERSION = "version";

  private static final String PREFIX = "hyperfleet.";

  private final Map<String, String> components;

  MetricTags(Environment environment) {
    this.components = Map.of("adapter", "adapter", "api", "api", "gitops", "gitops", "outbox", "outbox", "sentinel",
        "sentinel",
        "db", Roles.of(environment).contains(Role.API) ? "api" : "outbox");
  }

  /** The component of a metric whose name is of the form {@code hyperfleet.part.rest}. */
  String component(String meter) {
    var rest = meter.substring(PREFIX.length());
    return components.getOrDefault(rest.substring(0, Math.max(0, rest.indexOf('.'))), "hyperfleet");
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(PREFIX)) {
      return id;
    }
    var versioned = id.withTag(Tag.of(VERSION, Release.version()));
    return versioned.getTag(COMPONENT) != null
        ? versioned
        : versioned.withTag(Tag.of(COMPONENT, component(id)));
  }

  private String component(Meter.Id id) {
    var adapter = id.getTag("adapter_name");
    return adapter != null && id.getName().startsWith(PREFIX + "adapter.") ? adapter : component(id.getName());
  }
}
