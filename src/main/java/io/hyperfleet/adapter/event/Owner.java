package io.hyperfleet.adapter.event;

import java.util.Optional;

/**
 * The owner of an object: an adapter and a resource.
 *
 * @param adapter name of the adapter
 * @param clusterId id of the cluster
 * @param nodePoolId id of the node pool, where the adapter acts on one
 * @param generation generation of the cluster or node pool
 */
public record Owner(String adapter, String clusterId, Optional<String> nodePoolId, long generation) {

  /** An owner that is a cluster. */
  public static Owner ofCluster(String adapter, String clusterId, long generation) {
    return new Owner(adapter, clusterId, Optional.empty(), generation);
  }

  /** The id of the event's resource: the node pool if there is one, otherwise the cluster. */
  public String resourceId() {
    return nodePoolId.orElse(clusterId);
  }
}
