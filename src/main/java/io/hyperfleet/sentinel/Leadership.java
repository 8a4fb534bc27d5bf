package io.hyperfleet.sentinel;

import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.kubernetes.KubernetesConfiguration;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.apache.camel.spi.RoutePolicy;
import org.springframework.stereotype.Component;

/** Whether this Sentinel works: always, or with an election while it leads. Camel's cluster service holds the Lease. */
@Component
@ConditionalOnRole(Role.SENTINEL)
class Leadership {

  private static final String GROUP = "sentinel";

  private final List<ClusteredRoutePolicy> policies = new CopyOnWriteArrayList<>();
  private final SentinelProperties.LeaderElection election;
  private final KubernetesProperties kubernetes;

  Leadership(SentinelProperties properties, KubernetesProperties kubernetes) {
    this.election = properties.leaderElection();
    this.kubernetes = kubernetes;
  }

  /** Lets the election start and stop the Sentinel's routes; to be called before they are added. */
  void join(CamelContext context) throws Exception {
    if (election.enabled()) {
      var service = service();
      context.addService(service);
      context.addRoutePolicyFactory((camel, routeId, route) -> policy(camel, routeId, route, service));
    }
  }

  private RoutePolicy policy(CamelContext context, String routeId, NamedNode route, KubernetesClusterService service) {
    try {
      var policy = routeId.startsWith(SentinelRoutes.PREFIX) && !routeId.equals("sentinel-ask")
          ? ClusteredRoutePolicy.forNamespace(service, GROUP) : null;
      if (policy != null) {
        policies.add(policy);
      }
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
    service.setKubernetesResourceName(election.leaseName());
    service.setKubernetesNamespace(election.namespace().isBlank() ? null : election.namespace());
    service.setPodName(election.podName().isBlank() ? null : election.podName());
    service.setClusterLabels(election.podLabels());
    service.setLeaseDurationMillis(election.leaseDuration().toMillis());
    service.setRenewDeadlineMillis(election.renewDeadline().toMillis());
    service.setRetryPeriodMillis(election.retryPeriod().toMillis());
    return service;
  }

  /** Whether this Sentinel works. */
  boolean isHeld() {
    return !election.enabled() || policies.stream().anyMatch(ClusteredRoutePolicy::isLeader);
  }
}
