package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterCatalog;
import io.hyperfleet.adapter.definition.AdapterClaims;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes over what {@code hyperfleet.adapters.location} holds, at the start and what changes while the process runs, one
 * adapter at a time: a changed definition takes the place of the old one between two events; only a change of template,
 * kind, subscription or concurrency replaces the route, after the events that it has in work. A folder that is broken
 * leaves its adapter as it was, or as it is built in, and is named by {@code /readyz}; it harms no other one.
 */
@Component("adapterReload")
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterReload implements CamelContextConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterReload.class);

  private final AdapterLoader loader;
  private final AdapterProperties properties;
  private final AdapterRegistry adapters;
  private final AdapterReplacement replacement;
  private AdapterCatalog catalog;
  private Set<AdapterProblem> warned = Set.of();

  AdapterReload(AdapterLoader loader, AdapterCatalog catalog, AdapterProperties properties, AdapterRegistry adapters,
      AdapterReplacement replacement, MeterRegistry meters) {
    this.loader = loader;
    this.catalog = catalog;
    this.properties = properties;
    this.adapters = adapters;
    this.replacement = replacement;
    Metric.ADAPTER_DEFINITIONS_BROKEN.gauge(meters, adapters, registry -> registry.broken().size());
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    // The built-in adapters start with Camel.
  }

  /** Adds the adapters of the directory to the running ones, so that none of them can stop the start. */
  @Override
  public synchronized void afterApplicationStart(CamelContext context) {
    take();
  }

  /**
   * Looks once. A directory that changes while it is read is left for the next time; what could not be done before is
   * tried again.
   */
  public synchronized void check() {
    if (!loader.isCurrent(catalog)) {
      var read = loader.load();
      if (loader.isCurrent(read)) {
        catalog = read;
        take();
        return;
      }
    }
    if (replacement.areDue()) {
      take();
    }
  }

  private void take() {
    Map<String, String> broken = new TreeMap<>();
    catalog.errors().forEach(error -> note(broken, error.adapter(), error.toString()));
    if (!warned.equals(Set.copyOf(catalog.warnings()))) {
      catalog.warnings().forEach(warning -> LOG.warn("{}", warning));
      warned = Set.copyOf(catalog.warnings());
    }
    var wanted = wanted(broken);
    var first = new TreeMap<>(broken);
    replacement.addProblems(first);
    publish(first);
    replacement.become(wanted, broken);
    publish(broken);
  }

  /**
   * What is to run: the usable folders and built-in adapters, and what runs already where nothing better can be said.
   */
  private Map<String, AdapterDefinition> wanted(Map<String, String> broken) {
    Map<String, AdapterDefinition> candidates = new TreeMap<>();
    for (AdapterDefinition definition : catalog.definitions().values()) {
      if (properties.runs(definition.name())) {
        candidates.put(definition.name(), definition);
      }
    }
    // Without the directory, nobody can say what is still wanted.
    boolean unknown = !catalog.source().listing().readable();
    for (AdapterDefinition now : adapters.all()) {
      if (broken.containsKey(now.name()) || unknown && !candidates.containsKey(now.name())) {
        candidates.put(now.name(), now);
      }
    }
    var claims = new AdapterClaims(catalog.builtIn().definitions().values());
    var losers = new HashSet<String>();
    candidates.forEach((name, definition) -> claims.claim(definition).ifPresent(conflict -> {
      losers.add(name);
      note(broken, name, name + ": " + conflict.key() + ": " + conflict.message());
    }));
    losers.forEach(name -> catalog.builtInOf(name, properties).ifPresentOrElse(
        definition -> candidates.put(name, definition), () -> candidates.remove(name)));
    return candidates;
  }

  static void note(Map<String, String> broken, String name, String problem) {
    broken.merge(name, problem, (first, next) -> first.contains(next) ? first : first + "\n" + next);
  }

  /** Logs what is new, and shows it all. */
  private void publish(Map<String, String> broken) {
    var before = adapters.broken();
    broken.forEach((name, problem) -> {
      if (!problem.equals(before.get(name))) {
        LOG.error("{}", problem);
      }
    });
    before.keySet().stream().filter(name -> !broken.containsKey(name))
        .forEach(name -> LOG.info("{}: no longer broken", name.isEmpty() ? "hyperfleet.adapters.location" : name));
    adapters.broken(broken);
  }
}
