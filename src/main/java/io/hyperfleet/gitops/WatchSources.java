package io.hyperfleet.gitops;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.WatchedObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informers that the rules ask for, each a route. A type that Kubernetes does not serve yet is asked for again; until then
 * nobody knows what there is of it.
 */
class WatchSources {

  private static final Logger LOG = LoggerFactory.getLogger(WatchSources.class);

  private final KubernetesClient kubernetes;
  private final Map<String, WatchSource> sources = new LinkedHashMap<>();
  private final Map<ResourceType, String> kinds = new ConcurrentHashMap<>();

  WatchSources(KubernetesClient kubernetes, Destinations destinations) {
    this.kubernetes = kubernetes;
    for (Destination destination : destinations.all()) {
      for (WatchRule rule : destination.rules()) {
        for (ResourceType type : rule.types()) {
          rule.scopes().forEach(namespace -> add(new WatchSource(type, namespace, rule.labelSelector(), new ArrayList<>()),
              new WatchSource.Target(destination, rule)));
        }
      }
    }
  }

  private void add(WatchSource source, WatchSource.Target target) {
    sources.computeIfAbsent(source.routeId(), id -> source).targets().add(target);
  }

  /** Watches what can be watched by now and is not yet. */
  void watch(CamelContext camel) {
    for (WatchSource source : sources.values()) {
      if (camel.getRoute(source.routeId()) == null) {
        discover(source).ifPresent(found -> start(camel, source, found.getKind()));
      }
    }
  }

  private Optional<APIResource> discover(WatchSource source) {
    try {
      var served = kubernetes.getApiResources(source.type().apiVersion());
      var found = served == null ? Optional.<APIResource>empty() : served.getResources().stream()
          .filter(resource -> resource.getName().equals(source.type().resource())).findFirst();
      if (found.isEmpty()) {
        LOG.warn("Kubernetes does not serve {}, asking again", source.type());
      }
      return found.filter(resource -> resource.getVerbs().containsAll(List.of("list", "watch"))
          && (source.namespace().isEmpty() || resource.getNamespaced()));
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot ask Kubernetes for {}, trying again: {}", source.type(), e.getMessage());
      return Optional.empty();
    }
  }

  private void start(CamelContext camel, WatchSource source, String kind) {
    kinds.put(source.type(), kind);
    TemplatedRouteBuilder.builder(camel, "gitops-watch")
        .routeId(source.routeId())
        .prefixId(source.routeId())
        .parameter("source", source.routeId())
        .parameter("resource", source.type().apiVersion() + "/" + kind)
        .parameter("namespace", source.namespace())
        .parameter("labelSelector", source.labelSelector())
        .add();
  }

  WatchSource source(String routeId) {
    return sources.get(routeId);
  }

  /** The sources of a destination. */
  List<WatchSource> of(String destination) {
    return sources.values().stream().filter(source -> source.targets().stream()
        .anyMatch(target -> target.destination().name().equals(destination))).toList();
  }

  /** The kind of a type, once Kubernetes has said so. */
  Optional<String> kind(ResourceType type) {
    return Optional.ofNullable(kinds.get(type));
  }

  /** What a source knows; empty while it does not run. */
  Optional<WatchedObjects> objects(CamelContext camel, WatchSource source) {
    var route = camel.getRoute(source.routeId());
    return route != null && route.getConsumer() instanceof WatchedObjects objects ? Optional.of(objects) : Optional.empty();
  }
}
