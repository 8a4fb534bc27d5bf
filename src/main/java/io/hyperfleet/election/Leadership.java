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

/** Whether this process does the work of its group: always, or with an election while it holds the group's Lease. */
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
   * A request that hangs leaves time for another one before the leader has to step down; a failed one is repeated by
   * the next look.
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
      throw new IllegalArgumentException(key("namespace") + ": say in which namespace the Lease is; "
          + "this process is in no pod and its kubeconfig names none");
    }
    ObjectNames.namespace(key("namespace"), namespace);
    var name = ObjectNames.name(key("lease-name"), "coordination.k8s.io/v1", "Lease",
        properties.leaseName() + "-" + group);
    return new LeaseRequests(client, namespace, name, me, properties.leaseDuration());
  }

  /** No two processes are the same, even in one pod after the other or on one host. */
  private String me() {
    try {
      var name = properties.podName().isBlank() ? InetAddress.getLocalHost().getHostName() : properties.podName();
      return name + "_" + UUID.randomUUID();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(key("pod-name") + ": name this process, its host name is not known", e);
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

  /** Why nobody is known to lead; empty when somebody is, or when there is no election. */
  public String problem() {
    return election == null ? "" : election.problem();
  }

  /** The Lease is given back once everything that works by it has ended. */
  @Override
  public void close() {
    if (election != null) {
      election.close();
      client.close();
    }
  }
}
