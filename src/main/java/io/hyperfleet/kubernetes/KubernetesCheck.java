package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.operation.ReadinessCheck;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Checks that the Kubernetes API responds. */
class KubernetesCheck implements ReadinessCheck {

  private static final String HINT = "; check the kubeconfig named by KUBECONFIG or hyperfleet.kubernetes.kubeconfig";
  private static final String PATH = "/version";

  private final KubernetesClient kubernetes;

  KubernetesCheck(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public String check() {
    var http = kubernetes.getHttpClient();
    var url = kubernetes.getMasterUrl().toString().replaceFirst("/+$", "");
    try {
      // Not through the client's own calls: those may take as long as an adapter may wait.
      var response = http.sendAsync(http.newHttpRequestBuilder().uri(url + PATH).build(), String.class)
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return response.isSuccessful()
          ? OK
          : "kubernetes unavailable: it answers " + response.code() + " at " + url + HINT;
    } catch (ExecutionException | TimeoutException | KubernetesClientException e) {
      return "kubernetes unavailable at " + url + HINT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lateText();
    }
  }
}
