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
 * The informers that the rules ask for, each a route. A type that Kubernetes does not serve yet is asked for again;
 * until then nobody knows what there is of it.
 */
public class WatchSources {

  private static final Logger LOG = LoggerFactory.getLogger(WatchSources.class);

  private static final Duration STARTING = Duration.ofMillis(20);

  private final ServedTypes types;
  private final RuleChecks rules;
  private final GitOpsMonitor monitor;
  private final Map<ResourceType, String> kinds = new ConcurrentHashMap<>();
  /** What the wildcards stand for, by their routes, once they have been looked up. */
  private final Map<String, List<ResourceType>> expanded = new ConcurrentHashMap<>();
  /** Routes that were made. */
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

  /** What the rules ask for, and what their wildcards stand for. */
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

  /** All of them; those of wildcards stand for what is not watched itself. */
  List<WatchSource> all() {
    return new ArrayList<>(sources.values());
  }

  /**
   * Watches what can be watched by now and is not yet. A route that is added while Camel starts would never be started,
   * so that is waited for.
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
                () -> LOG.warn("Kubernetes does not serve {}, asking again", source.type()));
      }
    }
  }

  /** Watches what these destinations ask for, and nothing else; watches that are still asked for go on. */
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
    // Those that differ in their selectors alone are shown as one.
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

  /** Those of a destination that do not know everything there is. */
  List<WatchSource> incomplete(String destination) {
    return of(destination).stream().filter(source -> !isComplete(source)).toList();
  }

  /** Those that Kubernetes serves, or may serve, and that do not know everything there is. */
  public List<WatchSource> unsynced() {
    return all().stream().filter(source -> !types.isNotServed(source) && !isComplete(source)).toList();
  }

  /** How often watches of a destination had to be taken up again. */
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

  /** The kind of a type that a destination watches, once Kubernetes has said so. */
  public Optional<String> kind(String destination, ResourceType type) {
    return of(destination).stream().anyMatch(source -> source.type().equals(type))
        ? Optional.ofNullable(kinds.get(type))
        : Optional.empty();
  }

  /** What a source knows; empty while it does not run. */
  Optional<InformerCache> objects(WatchSource source) {
    var route = camel == null ? null : camel.getRoute(source.routeId());
    return route != null && route.getConsumer() instanceof InformerCache objects
        ? Optional.of(objects)
        : Optional.empty();
  }
}
