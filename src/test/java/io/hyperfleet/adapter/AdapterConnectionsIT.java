package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.apache.camel.component.http.HttpEndpoint;
import org.junit.jupiter.api.Test;

/** Adapters, however many, share their connections. */
class AdapterConnectionsIT extends AdapterFleetIT {

  @Test
  void allRequestsOfAllAdaptersGoThroughOnePool() {
    var pools = FLEET.camel().getEndpoints().stream().filter(HttpEndpoint.class::isInstance)
        .map(HttpEndpoint.class::cast)
        .filter(endpoint -> endpoint.getHttpUri().getPath().equals("/api/hyperfleet/v1"))
        .map(HttpEndpoint::getClientConnectionManager).distinct();

    assertThat(pools).hasSize(1);
    assertThat(FLEET.context().getBeansOfType(KubernetesClient.class)).containsOnlyKeys("kubernetesClient",
        "watchingKubernetesClient");
  }
}
