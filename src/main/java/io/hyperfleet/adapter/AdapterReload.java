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
 * Loads the adapters in {@code hyperfleet.adapters.location} at the start and reloads changed ones while the process
 * runs, one adapter at a time. A changed definition replaces the old one between two events; only a change of template,
 * kind, subscription or concurrency replaces the route, after its events in progress. For a broken folder the previous
 * or built-in definition keeps running, and {@code /readyz} names the folder; other adapters are not affected.
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

  /** Adds the adapters of the directory to the running ones, so that none of them can abort the start. */
  @Override
  public synchronized void afterApplicationStart(CamelContext context) {
    take();
  }

  /**
   * Checks once. A directory that changes while it is read is left for the next check; what failed before is tried
   * again.
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
   * The adapters to run: those of valid folders and the built-in ones, and the running ones of broken folders.
   */
  private Map<String, AdapterDefinition> wanted(Map<String, String> broken) {
    Map<String, AdapterDefinition> candidates = new TreeMap<>();
    for (AdapterDefinition definition : catalog.definitions().values()) {
      if (properties.runs(definition.name())) {
        candidates.put(definition.name(), definition);
      }
    }
    // Without the directory, the wanted adapters are unknown.
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

  /** Logs new problems, and publishes all of them. */
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
