package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.operation.Backoff;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Starts, replaces and stops adapters until the wanted ones run. If a route cannot be added, the previous or built-in
 * one runs, and the new one is tried again after 1 s, 2 s and so on up to every minute, until it works or the folder
 * changes. A route that cannot be stopped delays other adapters by at most 20 s.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdapterReplacement {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterReplacement.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final AdapterRegistry adapters;
  private final AdapterRoutes routes;
  private final CamelContext camel;
  private final Clock clock;
  private final Map<String, Failed> failed = new TreeMap<>();

  /**
   * A failed change.
   *
   * @param digest of the definition that is wanted, empty when none is
   * @param times in a row
   * @param next not before then
   */
  private record Failed(String digest, int times, Instant next, String problem) {}

  @Autowired
  AdapterReplacement(AdapterRegistry adapters, AdapterRoutes routes, CamelContext camel) {
    this(adapters, routes, camel, Clock.systemUTC());
  }

  AdapterReplacement(AdapterRegistry adapters, AdapterRoutes routes, CamelContext camel, Clock clock) {
    this.adapters = adapters;
    this.routes = routes;
    this.camel = camel;
    this.clock = clock;
  }

  /** Whether a retry of a failed change is due. */
  boolean areDue() {
    return failed.values().stream().anyMatch(this::isDue);
  }

  private boolean isDue(Failed failure) {
    return !failure.next().isAfter(clock.instant());
  }

  /**
   * Starts, replaces and stops adapters as needed.
   *
   * @param wanted the adapters that are to run, by name
   * @param broken receives failures by name of the adapter
   */
  void become(Map<String, AdapterDefinition> wanted, Map<String, String> broken) {
    failed.entrySet().removeIf(entry -> !entry.getValue().digest().equals(
        Optional.ofNullable(wanted.get(entry.getKey())).map(AdapterDefinition::digest).orElse("")));
    Map<String, AdapterDefinition> changes = new TreeMap<>(wanted);
    changes.values().removeIf(definition -> isAsWanted(definition) || !isDue(definition.name()));
    // Changes that stop nothing come first, since stopping may take long.
    changes.values().removeIf(this::replaceBetweenEvents);
    List<AdapterDefinition> fresh = changes.values().stream().filter(this::isNew).toList();
    changes.values().removeAll(fresh);
    fresh.forEach(definition -> start(definition, null));
    Map<String, AdapterDefinition> stopped = new TreeMap<>();
    for (AdapterDefinition now : adapters.all()) {
      var next = wanted.get(now.name());
      if ((next == null ? isDue(now.name()) : changes.containsKey(now.name())) && stop(now, next)) {
        stopped.put(now.name(), now);
      }
    }
    changes.values().stream().filter(definition -> adapters.find(definition.name()).isEmpty())
        .forEach(definition -> start(definition, stopped.get(definition.name())));
    addProblems(broken);
  }

  /** Adds the failed changes, by name of the adapter. */
  void addProblems(Map<String, String> broken) {
    failed.forEach((name, failure) -> AdapterReload.note(broken, name, failure.problem()));
  }

  private boolean isDue(String name) {
    return !failed.containsKey(name) || isDue(failed.get(name));
  }

  private boolean isAsWanted(AdapterDefinition definition) {
    return adapters.find(definition.name()).filter(now -> now.digest().equals(definition.digest())).isPresent();
  }

  /** Whether no adapter of this name runs, and none with its subscription. */
  private boolean isNew(AdapterDefinition definition) {
    return adapters.all().stream().noneMatch(now -> now.name().equals(definition.name())
        || now.subscription().equals(definition.subscription()));
  }

  private boolean replaceBetweenEvents(AdapterDefinition definition) {
    if (adapters.find(definition.name()).filter(now -> AdapterRoutes.same(now, definition)).isEmpty()) {
      return false;
    }
    adapters.put(definition);
    succeeded(definition);
    return true;
  }

  /** Starts an adapter; if that fails, its previous definition, or else the built-in one. */
  private void start(AdapterDefinition definition, AdapterDefinition before) {
    try {
      add(definition);
      succeeded(definition);
    } catch (Exception e) {
      failed(definition.name(), definition, "its routes cannot be added", e);
      Stream.of(Optional.ofNullable(before), adapters.builtIn(definition.name())).flatMap(Optional::stream)
          .filter(other -> !other.digest().equals(definition.digest())).filter(this::fallBackTo).findFirst();
    }
  }

  private boolean fallBackTo(AdapterDefinition definition) {
    try {
      add(definition);
      LOG.info("{}: the adapter runs as it did before, or as it is built in", definition.name());
      return true;
    } catch (Exception e) {
      LOG.error("{}: the adapter cannot run as it did before either: {}", definition.name(), reason(e));
      return false;
    }
  }

  private void add(AdapterDefinition definition) throws Exception {
    for (AdapterDefinition other : adapters.all()) {
      if (other.subscription().equals(definition.subscription())) {
        throw new IllegalStateException("the adapter '" + other.name() + "' still has its subscription");
      }
    }
    adapters.put(definition);
    try {
      routes.add(camel, definition);
    } catch (Exception e) {
      adapters.remove(definition.name());
      throw e;
    }
  }

  private boolean stop(AdapterDefinition now, AdapterDefinition next) {
    try {
      routes.remove(camel, now);
      adapters.remove(now.name());
      LOG.info("{}: the adapter's routes have stopped", now.name());
      return true;
    } catch (Exception e) {
      failed(now.name(), next, "its routes cannot be stopped", e);
      return false;
    }
  }

  private void succeeded(AdapterDefinition definition) {
    failed.remove(definition.name());
    LOG.info("{}: the adapter runs as its folder says now", definition.name());
  }

  private void failed(String name, AdapterDefinition wanted, String what, Exception cause) {
    int times = failed.containsKey(name) ? failed.get(name).times() + 1 : 1;
    failed.put(name,
        new Failed(wanted == null ? "" : wanted.digest(), times, clock.instant().plus(BACKOFF.after(times)),
            name + ": " + what + ", trying again: " + reason(cause)));
    LOG.debug("{}: {}", name, what, cause);
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return FailureMessage.of(cause).lines().findFirst().orElse("");
  }
}
