package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/** The cache of an informer, which is the consumer of a {@code kubernetes-informer} route. */
public interface InformerCache {

  /**
   * Whether everything has been listed, the route has had it, and changes are heard of; if not, something that exists
   * may be missing here.
   */
  boolean isComplete();

  /** How often the watch had to be taken up again, or was found to have missed something. */
  long restarts();

  /** One object; the namespace is empty for cluster-scoped objects. */
  Optional<GenericKubernetesResource> find(String namespace, String name);

  /** All of them. */
  List<GenericKubernetesResource> all();
}
