package io.hyperfleet.operation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Every metric of HyperFleet says which part it is of and which version it comes from (events contract 1.12). */
@Component
class MetricTags implements MeterFilter {

  private static final String PREFIX = "hyperfleet.";
  private static final Set<String> COMPONENTS = Set.of("adapter", "outbox", "sentinel");

  private final String version;

  MetricTags(ObjectProvider<BuildProperties> build) {
    var built = build.getIfAvailable();
    this.version = built == null ? "development" : built.getVersion();
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(PREFIX)) {
      return id;
    }
    var rest = id.getName().substring(PREFIX.length());
    var part = rest.substring(0, Math.max(0, rest.indexOf('.')));
    return id.withTags(List.of(
        Tag.of("component", COMPONENTS.contains(part) ? part : "hyperfleet"), Tag.of("version", version)));
  }
}
