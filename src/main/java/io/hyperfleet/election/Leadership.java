package io.hyperfleet.election;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.kubernetes.ObjectNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.apache.camel.spi.RoutePolicy;

/** Whether this process works: always, or with an election while it holds its group's Lease. */
public final class Leadership implements AutoCloseable {

  private final String group;
  private final ElectionProperties properties;
  private final KubernetesProperties kubernetes;
  private KubernetesClient client;
  private LeaseElection election;

  /**
   * Not elected yet.
   *
   * @param group those that elect one of them
   */
  public Leadership(String group, ElectionProperties properties, KubernetesProperties kubernetes) {
    this.group = group;
    this.properties = properties;
    this.kubernetes = kubernetes;
  }

  /**
   * Lets the election start and stop routes; to be called once, before the context starts.
   *
   * @param routes ids of the routes that only the leader runs
   * @throws IllegalArgumentException when the namespace is not known, or a name is none; it says which key to set
   */
  public void join(CamelContext context, Predicate<String> routes) throws Exception {
    if (properties.enabled()) {
      client = client();
      var me = me();
      election = new LeaseElection(requests(me), properties, me);
      var service = new LeaseClusterService(group, election);
      context.addService(service);
      context.addRoutePolicyFactory((camel, routeId, route) -> routes.test(routeId) ? policy(routeId, service) : null);
    }
  }

  private RoutePolicy policy(String routeId, LeaseClusterService service) {
    try {
      return ClusteredRoutePolicy.forNamespace(service, group);
    } catch (Exception e) {
      throw new IllegalStateException("No election for the route " + routeId + ": " + e.getMessage(), e);
    }
  }

  /**
   * Time limit that leaves room for another request before the leader must step down; a failed one is repeated at the
   * next attempt.
   */
  private KubernetesClient client() {
    var half = properties.renewDeadline().dividedBy(2);
    return KubernetesClients.of(new KubernetesProperties(kubernetes.kubeconfig(),
        shorter(kubernetes.connectionTimeout(), half),
        shorter(kubernetes.requestTimeout(), half), 0, kubernetes.maxConcurrentRequests(), kubernetes.circuitBreaker()))
        .build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private LeaseRequests requests(String me) {
    var namespace = properties.namespace().isBlank() ? client.getNamespace() : properties.namespace();
    if (namespace == null) {
      throw new IllegalArgumentException(key("namespace") + ": must be set, since this process does not run in a pod "
          + "and its kubeconfig sets no namespace");
    }
    ObjectNames.namespace(key("namespace"), namespace);
    var name = ObjectNames.name(key("lease-name"), "coordination.k8s.io/v1", "Lease",
        properties.leaseName() + "-" + group);
    return new LeaseRequests(client, namespace, name, me, properties.leaseDuration());
  }

  /** Unique per process, even for restarts in the same pod or several on one host. */
  private String me() {
    try {
      var name = properties.podName().isBlank() ? InetAddress.getLocalHost().getHostName() : properties.podName();
      return name + "_" + UUID.randomUUID();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(key("pod-name") + ": must be set, since the host name is unknown", e);
    }
  }

  private String key(String name) {
    return "hyperfleet." + group + ".leader-election." + name;
  }

  /** Whether there is an election. */
  public boolean isElected() {
    return properties.enabled();
  }

  /** Whether this process works. */
  public boolean isHeld() {
    return !properties.enabled() || election != null && election.isLeading();
  }

  /** Why there is no known leader; empty if there is one, or without an election. */
  public String problem() {
    return election == null ? "" : election.problem();
  }

  /** Releases the Lease once everything that depends on it has stopped. */
  @Override
  public void close() {
    if (election != null) {
      election.close();
      client.close();
    }
  }
}
