package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/** What an informer knows: the consumer of a route from {@code kubernetes-informer} is one. */
public interface InformerCache {

  /**
   * Whether everything has been listed, the route has had it, and changes are heard of; if not, something that exists
   * may be missing here.
   */
  boolean isComplete();

  /** How often the watch had to be taken up again, or was found to have missed something. */
  long restarts();

  /** One object; the namespace is empty for what has none. */
  Optional<GenericKubernetesResource> find(String namespace, String name);

  /** All of them. */
  List<GenericKubernetesResource> all();
}
