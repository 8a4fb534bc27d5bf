package io.hyperfleet.adapter;

import io.hyperfleet.metric.Metric;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes over what changes in {@code hyperfleet.adapters.location} while the process runs, one adapter at a time: a changed
 * definition takes the place of the old one between two events; only a change of template, kind, subscription or concurrency
 * replaces the route, after the events that it has in work. A folder that is broken leaves its adapter as it was.
 */
@Component("adapterReload")
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterReload {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterReload.class);

  private final AdapterLoader loader;
  private final AdapterProperties properties;
  private final AdapterRegistry adapters;
  private final AdapterKinds kinds;
  private final AdapterRoutes routes;
  private final CamelContext camel;
  private String known;

  AdapterReload(AdapterLoader loader, AdapterProperties properties, AdapterRegistry adapters, AdapterKinds kinds,
      AdapterRoutes routes, CamelContext camel, MeterRegistry meters) {
    this.loader = loader;
    this.properties = properties;
    this.adapters = adapters;
    this.kinds = kinds;
    this.routes = routes;
    this.camel = camel;
    this.known = loader.fingerprint();
    Metric.ADAPTER_DEFINITIONS_BROKEN.gauge(meters, adapters, registry -> registry.broken().size());
  }

  /** Looks once. A directory that changes while it is read is left for the next time. */
  public synchronized void check() {
    var seen = loader.fingerprint();
    if (seen.equals(known)) {
      return;
    }
    var catalog = loader.load();
    if (seen.equals(loader.fingerprint())) {
      take(catalog);
      known = seen;
    }
  }

  private void take(AdapterCatalog catalog) {
    var broken = new TreeMap<String, String>();
    catalog.errors().forEach(error -> {
      broken.merge(error.adapter(), error.toString(), (first, next) -> first + "\n" + next);
      LOG.error("{}", error);
    });
    catalog.warnings().forEach(warning -> LOG.warn("{}", warning));
    catalog.definitions().values().stream().filter(definition -> properties.runs(definition.name())).forEach(definition ->
        kinds.problem(definition).ifPresentOrElse(problem -> {
          broken.put(definition.name(), definition.name() + ": spec.for: " + problem);
          LOG.error("{}: spec.for: {}", definition.name(), problem);
        }, () -> replace(definition, broken)));
    // Without the directory nobody can say what is still wanted.
    if (!broken.containsKey("")) {
      adapters.all().stream().filter(running -> !catalog.definitions().containsKey(running.name())
          && !broken.containsKey(running.name())).forEach(running -> remove(running, broken));
    }
    adapters.broken(broken);
  }

  private void replace(AdapterDefinition definition, Map<String, String> broken) {
    var running = adapters.find(definition.name());
    if (running.isPresent() && running.get().digest().equals(definition.digest())) {
      return;
    }
    try {
      boolean keep = running.isPresent() && AdapterRoutes.same(running.get(), definition);
      if (running.isPresent() && !keep) {
        routes.remove(camel, running.get());
      }
      adapters.put(definition);
      if (!keep) {
        routes.add(camel, definition);
      }
      LOG.info("{}: the adapter's folder has changed and is in use", definition.name());
    } catch (Exception e) {
      broken.put(definition.name(), definition.name() + ": the route cannot be replaced: " + e.getMessage());
      LOG.error("{}: the route cannot be replaced", definition.name(), e);
    }
  }

  private void remove(AdapterDefinition running, Map<String, String> broken) {
    try {
      routes.remove(camel, running);
      adapters.remove(running.name());
      LOG.info("{}: the adapter's folder is gone, it no longer runs", running.name());
    } catch (Exception e) {
      broken.put(running.name(), running.name() + ": the route cannot be stopped: " + e.getMessage());
      LOG.error("{}: the route cannot be stopped", running.name(), e);
    }
  }
}
