package io.hyperfleet.gitops.watch;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.destination.RuleChecks;
import io.hyperfleet.kubernetes.WatchedObjects;
import io.hyperfleet.log.FailureWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informers that the rules ask for, each a route. A type that Kubernetes does not serve yet is asked for again; until then
 * nobody knows what there is of it.
 */
public class WatchSources {

  private static final Logger LOG = LoggerFactory.getLogger(WatchSources.class);

  private final KubernetesClient kubernetes;
  private final RuleChecks rules;
  private final GitOpsMonitor monitor;
  private final Map<String, WatchSource> sources = new LinkedHashMap<>();
  private final Map<ResourceType, String> kinds = new ConcurrentHashMap<>();
  /** Routes of wildcards that have been looked up, and those of types that Kubernetes does not serve. */
  private final Set<String> expanded = ConcurrentHashMap.newKeySet();
  private final Set<String> notServed = ConcurrentHashMap.newKeySet();
  /** Routes that were made. */
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private volatile CamelContext camel;

  public WatchSources(KubernetesClient kubernetes, Destinations destinations, RuleChecks rules, GitOpsMonitor monitor) {
    this.kubernetes = kubernetes;
    this.rules = rules;
    this.monitor = monitor;
    for (Destination destination : destinations.all()) {
      for (WatchRule rule : destination.rules()) {
        for (ResourceType type : rule.types()) {
          rule.scopes().forEach(namespace -> add(
              new WatchSource(type, namespace, rule.labelSelector(), new CopyOnWriteArrayList<>()),
              List.of(new WatchSource.Target(destination, rule))));
        }
      }
    }
  }

  private synchronized void add(WatchSource source, List<WatchSource.Target> targets) {
    var existing = sources.computeIfAbsent(source.routeId(), id -> source);
    targets.stream().filter(target -> !existing.targets().contains(target)).forEach(existing.targets()::add);
  }

  /** All of them; those of wildcards stand for what is not watched itself. */
  synchronized List<WatchSource> all() {
    return new ArrayList<>(sources.values());
  }

  /** Watches what can be watched by now and is not yet. */
  void watch(CamelContext context) {
    camel = context;
    all().stream().filter(source -> source.type().isWildcard()).forEach(this::expand);
    for (WatchSource source : all()) {
      if (!source.type().isWildcard() && context.getRoute(source.routeId()) == null) {
        served(source).stream().filter(resource -> resource.getName().equals(source.type().resource())).findFirst()
            .ifPresentOrElse(found -> start(source, found.getKind()),
                () -> LOG.warn("Kubernetes does not serve {}, asking again", source.type()));
      }
    }
  }

  private void expand(WatchSource wildcard) {
    var served = served(wildcard);
    served.stream().map(resource -> new ResourceType(wildcard.type().group(), wildcard.type().version(), resource.getName()))
        .filter(type -> !type.resource().contains("/") && rules.isMeantByAll(type))
        .forEach(type -> add(wildcard.of(type), wildcard.targets()));
    if (!served.isEmpty()) {
      expanded.add(wildcard.routeId());
    }
  }

  /** What Kubernetes serves of a source's group and version that can be watched in its namespace. */
  private List<APIResource> served(WatchSource source) {
    try {
      var served = kubernetes.getApiResources(source.type().apiVersion());
      var found = served == null ? List.<APIResource>of() : served.getResources().stream()
          .filter(resource -> resource.getVerbs().containsAll(List.of("list", "watch"))
              && (source.namespace().isEmpty() || resource.getNamespaced())).toList();
      if (found.stream().anyMatch(resource -> source.type().isWildcard()
          || resource.getName().equals(source.type().resource()))) {
        notServed.remove(source.routeId());
      } else {
        notServed.add(source.routeId());
      }
      return found;
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot ask Kubernetes for {}, trying again: {}", source.type(), FailureWords.of(e));
      return List.of();
    }
  }

  private void start(WatchSource source, String kind) {
    kinds.put(source.type(), kind);
    TemplatedRouteBuilder.builder(camel, "gitops-watch")
        .routeId(source.routeId())
        .prefixId(source.routeId())
        .parameter("source", source.routeId())
        .parameter("resource", source.type().apiVersion() + "/" + kind)
        .parameter("namespace", source.namespace())
        .parameter("labelSelector", source.labelSelector())
        .add();
    // Those that differ in their selectors alone are shown as one.
    if (alike(source).findAny().isEmpty()) {
      monitor.watch(source, () -> alike(source).allMatch(this::isComplete), () -> restarts(alike(source)));
    }
    watched.add(source.routeId());
  }

  private Stream<WatchSource> alike(WatchSource source) {
    return all().stream().filter(other -> watched.contains(other.routeId()) && other.type().equals(source.type())
        && other.namespace().equals(source.namespace()));
  }

  synchronized WatchSource source(String routeId) {
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
    return all().stream().filter(source -> !notServed.contains(source.routeId()) && !isComplete(source)).toList();
  }

  /** How often watches of a destination had to be taken up again. */
  public long restarts(String destination) {
    return restarts(of(destination).stream());
  }

  private long restarts(Stream<WatchSource> some) {
    return some.flatMap(source -> objects(source).stream()).mapToLong(WatchedObjects::restarts).sum();
  }

  private boolean isComplete(WatchSource source) {
    return source.type().isWildcard() ? expanded.contains(source.routeId())
        : objects(source).map(WatchedObjects::isComplete).orElse(false);
  }

  /** The kind of a type that a destination watches, once Kubernetes has said so. */
  public Optional<String> kind(String destination, ResourceType type) {
    return of(destination).stream().anyMatch(source -> source.type().equals(type)) ? Optional.ofNullable(kinds.get(type))
        : Optional.empty();
  }

  /** What a source knows; empty while it does not run. */
  Optional<WatchedObjects> objects(WatchSource source) {
    var route = camel == null ? null : camel.getRoute(source.routeId());
    return route != null && route.getConsumer() instanceof WatchedObjects objects ? Optional.of(objects) : Optional.empty();
  }
}
