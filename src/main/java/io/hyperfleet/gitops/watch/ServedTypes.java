package io.hyperfleet.gitops.watch;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.log.FailureMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The types that Kubernetes serves and that can be watched. */
final class ServedTypes {

  private static final Logger LOG = LoggerFactory.getLogger(ServedTypes.class);

  private final KubernetesClient kubernetes;
  /** Routes of types that Kubernetes does not serve. */
  private final Set<String> notServed = ConcurrentHashMap.newKeySet();

  ServedTypes(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** What Kubernetes serves of a source's group and version that can be watched in its namespace. */
  List<APIResource> of(WatchSource source) {
    try {
      var served = kubernetes.getApiResources(source.type().apiVersion());
      var found = served == null
          ? List.<APIResource>of()
          : served.getResources().stream()
              .filter(resource -> resource.getVerbs().containsAll(List.of("list", "watch"))
                  && (source.namespace().isEmpty() || resource.getNamespaced()))
              .toList();
      if (found.stream().anyMatch(resource -> source.type().isWildcard()
          || resource.getName().equals(source.type().resource()))) {
        notServed.remove(source.routeId());
      } else {
        notServed.add(source.routeId());
      }
      return found;
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot read {} from Kubernetes, trying again: {}", source.type(), FailureMessage.of(e));
      return List.of();
    }
  }

  /** Whether Kubernetes did not serve a source's type at the last check. */
  boolean isNotServed(WatchSource source) {
    return notServed.contains(source.routeId());
  }
}
