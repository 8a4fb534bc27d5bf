package io.hyperfleet.election;

import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.kubernetes.KubernetesProperties;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kubernetes.KubernetesConfiguration;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.apache.camel.spi.RoutePolicy;

/**
 * Whether this process does the work of its group: always, or with an election while it leads. Camel's cluster service holds
 * the Lease.
 */
public final class Leadership {

  private final List<ClusteredRoutePolicy> policies = new CopyOnWriteArrayList<>();
  private final String group;
  private final ElectionProperties election;
  private final KubernetesProperties kubernetes;

  /**
   * Not elected yet.
   *
   * @param group those that elect one of them
   */
  public Leadership(String group, ElectionProperties election, KubernetesProperties kubernetes) {
    this.group = group;
    this.election = election;
    this.kubernetes = kubernetes;
  }

  /**
   * Lets the election start and stop routes; to be called before the context starts.
   *
   * @param routes ids of the routes that only the leader runs
   */
  public void join(CamelContext context, Predicate<String> routes) throws Exception {
    if (election.enabled()) {
      var service = service();
      context.addService(service);
      context.addRoutePolicyFactory((camel, routeId, route) -> routes.test(routeId) ? policy(routeId, service) : null);
    }
  }

  private RoutePolicy policy(String routeId, KubernetesClusterService service) {
    try {
      var policy = ClusteredRoutePolicy.forNamespace(service, group);
      policies.add(policy);
      return policy;
    } catch (Exception e) {
      throw new IllegalStateException("No election for the route " + routeId + ": " + e.getMessage(), e);
    }
  }

  private KubernetesClusterService service() {
    var configuration = new KubernetesConfiguration();
    // A client of its own: the service closes it.
    configuration.setKubernetesClient(KubernetesClients.of(kubernetes).build());
    var service = new KubernetesClusterService(configuration);
    service.setId("election-" + group);
    service.setKubernetesResourceName(election.leaseName());
    service.setKubernetesNamespace(election.namespace().isBlank() ? null : election.namespace());
    service.setPodName(election.podName().isBlank() ? null : election.podName());
    service.setClusterLabels(election.podLabels());
    service.setLeaseDurationMillis(election.leaseDuration().toMillis());
    service.setRenewDeadlineMillis(election.renewDeadline().toMillis());
    service.setRetryPeriodMillis(election.retryPeriod().toMillis());
    return service;
  }

  /** Whether there is an election. */
  public boolean isElected() {
    return election.enabled();
  }

  /** Whether this process works. */
  public boolean isHeld() {
    return !election.enabled() || policies.stream().anyMatch(ClusteredRoutePolicy::isLeader);
  }
}
