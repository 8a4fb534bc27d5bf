package io.hyperfleet.gitops.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.destination.RuleChecks;
import io.hyperfleet.kubernetes.InformerCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informers for the rules, each a route. A type that Kubernetes does not serve yet is tried again; until then its
 * objects are unknown.
 */
public class WatchSources {

  private static final Logger LOG = LoggerFactory.getLogger(WatchSources.class);

  private static final Duration STARTING = Duration.ofMillis(20);

  private final ServedTypes types;
  private final RuleChecks rules;
  private final GitOpsMonitor monitor;
  private final Map<ResourceType, String> kinds = new ConcurrentHashMap<>();
  /** The types of the wildcards, by their routes, once they have been discovered. */
  private final Map<String, List<ResourceType>> expanded = new ConcurrentHashMap<>();
  /** Routes that were created. */
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private List<Destination> destinations;
  private volatile Map<String, WatchSource> sources;
  private volatile CamelContext camel;

  public WatchSources(KubernetesClient kubernetes, Destinations destinations, RuleChecks rules, GitOpsMonitor monitor) {
    this.types = new ServedTypes(kubernetes);
    this.rules = rules;
    this.monitor = monitor;
    this.destinations = destinations.all();
    this.sources = wanted();
  }

  /** The sources of the rules, and those of their wildcards. */
  private Map<String, WatchSource> wanted() {
    var wanted = new LinkedHashMap<String, WatchSource>();
    for (Destination destination : destinations) {
      for (WatchRule rule : destination.rules()) {
        for (ResourceType type : rule.types()) {
          rule.scopes().forEach(namespace -> add(wanted, new WatchSource(type, namespace, rule.labelSelector(),
              List.of(new WatchSource.Target(destination, rule)))));
        }
      }
    }
    List.copyOf(wanted.values()).forEach(
        source -> expanded.getOrDefault(source.routeId(), List.of()).forEach(type -> add(wanted, source.of(type))));
    return wanted;
  }

  private static void add(Map<String, WatchSource> sources, WatchSource source) {
    sources.merge(source.routeId(), source, WatchSource::and);
  }

  /** All sources; those of wildcards are not watched themselves. */
  List<WatchSource> all() {
    return new ArrayList<>(sources.values());
  }

  /**
   * Starts the missing watches that can be started. A route that is added while Camel starts would never be started, so
   * this waits for the start.
   */
  public void watch(CamelContext context) throws InterruptedException {
    while (context.getStatus().isStarting()) {
      Thread.sleep(STARTING.toMillis());
    }
    watchNow(context);
  }

  private synchronized void watchNow(CamelContext context) {
    camel = context;
    all().stream().filter(source -> source.type().isWildcard()).forEach(this::expand);
    sources = wanted();
    for (WatchSource source : all()) {
      if (!source.type().isWildcard() && context.getRoute(source.routeId()) == null) {
        types.of(source).stream().filter(resource -> resource.getName().equals(source.type().resource())).findFirst()
            .ifPresentOrElse(found -> start(source, found.getKind()),
                () -> LOG.warn("Kubernetes does not serve {}, trying again", source.type()));
      }
    }
  }

  /** Watches exactly the sources of these destinations; watches that are still needed continue. */
  public synchronized void become(Destinations next) throws Exception {
    destinations = next.all();
    var wanted = wanted();
    var gone = all().stream().filter(source -> !wanted.containsKey(source.routeId())).toList();
    for (WatchSource source : gone) {
      if (camel != null && camel.getRoute(source.routeId()) != null) {
        camel.getRouteController().stopRoute(source.routeId());
        camel.removeRoute(source.routeId());
      }
      expanded.remove(source.routeId());
      watched.remove(source.routeId());
    }
    sources = wanted;
    gone.stream().filter(source -> alike(source).findAny().isEmpty())
        .forEach(source -> monitor.unwatch(source.type(), source.namespace()));
    if (camel != null) {
      watchNow(camel);
    }
  }

  private void expand(WatchSource wildcard) {
    var served = types.of(wildcard);
    if (!served.isEmpty()) {
      expanded.put(wildcard.routeId(), Stream.concat(expanded.getOrDefault(wildcard.routeId(), List.of()).stream(),
          served.stream()
              .map(resource -> new ResourceType(wildcard.type().group(), wildcard.type().version(), resource.getName()))
              .filter(type -> !type.resource().contains("/") && rules.isMeantByAll(type)))
          .distinct().toList());
    }
  }

  private void start(WatchSource source, String kind) {
    kinds.put(source.type(), kind);
    TemplatedRouteBuilder.builder(camel, "gitops-watch")
        .routeId(source.routeId())
        .prefixId(source.routeId() + ".")
        .parameter("source", source.routeId())
        .parameter("resource", source.type().apiVersion() + "/" + kind)
        .parameter("namespace", source.namespace())
        .parameter("labelSelector", source.labelSelector())
        .add();
    // Sources that differ only in their selectors are shown as one.
    if (alike(source).findAny().isEmpty()) {
      monitor.watch(source.type(), source.namespace(), () -> alike(source).allMatch(this::isComplete),
          () -> restarts(alike(source)));
    }
    watched.add(source.routeId());
  }

  private Stream<WatchSource> alike(WatchSource source) {
    return all().stream().filter(other -> watched.contains(other.routeId()) && other.type().equals(source.type())
        && other.namespace().equals(source.namespace()));
  }

  WatchSource source(String routeId) {
    return sources.get(routeId);
  }

  /** The sources of a destination. */
  List<WatchSource> of(String destination) {
    return all().stream().filter(source -> source.isFor(destination)).toList();
  }

  /** The incomplete sources of a destination. */
  List<WatchSource> incomplete(String destination) {
    return of(destination).stream().filter(source -> !isComplete(source)).toList();
  }

  /** The incomplete sources of types that Kubernetes serves or may serve. */
  public List<WatchSource> unsynced() {
    return all().stream().filter(source -> !types.isNotServed(source) && !isComplete(source)).toList();
  }

  /** How often watches of a destination were restarted. */
  public long restarts(String destination) {
    return restarts(of(destination).stream());
  }

  private long restarts(Stream<WatchSource> some) {
    return some.flatMap(source -> objects(source).stream()).mapToLong(InformerCache::restarts).sum();
  }

  private boolean isComplete(WatchSource source) {
    return source.type().isWildcard()
        ? expanded.containsKey(source.routeId())
        : objects(source).map(InformerCache::isComplete).orElse(false);
  }

  /** The kind of a type that a destination watches, once Kubernetes has reported it. */
  public Optional<String> kind(String destination, ResourceType type) {
    return of(destination).stream().anyMatch(source -> source.type().equals(type))
        ? Optional.ofNullable(kinds.get(type))
        : Optional.empty();
  }

  /** The informer of a source; empty while it is not running. */
  Optional<InformerCache> objects(WatchSource source) {
    var route = camel == null ? null : camel.getRoute(source.routeId());
    return route != null && route.getConsumer() instanceof InformerCache objects
        ? Optional.of(objects)
        : Optional.empty();
  }
}
