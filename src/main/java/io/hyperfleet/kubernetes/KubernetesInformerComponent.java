package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * Watches Kubernetes resources with an informer: {@code kubernetes-informer?resource=batch/v1/jobs}. Camel's own
 * consumers use a plain watch, which gets no more events once the API server has compacted its history; an informer
 * lists again.
 */
public class KubernetesInformerComponent extends DefaultComponent {

  private final KubernetesClient kubernetes;

  KubernetesInformerComponent(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
    var endpoint = new KubernetesInformerEndpoint(uri, this, kubernetes);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
