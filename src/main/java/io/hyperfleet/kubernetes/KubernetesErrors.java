package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.apache.camel.Exchange;

/**
 * Tells apart what a failed request to Kubernetes means: the workload is refused, and somebody has to change something, or
 * the API cannot be reached or is overloaded, and time helps.
 */
public class KubernetesErrors {

  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Whether a create failed because the object is there already. */
  public boolean alreadyExists(Exchange exchange) {
    return caught(exchange) instanceof KubernetesClientException e && e.getCode() == CONFLICT
        && e.getStatus() != null && "AlreadyExists".equals(e.getStatus().getReason());
  }

  /** Whether the request will fail again until somebody changes the manifest, a quota or a permission. */
  public boolean refused(Exchange exchange) {
    return !(caught(exchange) instanceof KubernetesClientException e)
        || e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != TOO_MANY_REQUESTS;
  }

  /** Sets {@code message}: what was refused and what to do about it (journey A4). */
  public void describeRefusal(Exchange exchange) {
    exchange.setVariable("message", "Failed to create workload: " + refusal(caught(exchange)));
  }

  private static String refusal(Throwable failure) {
    if (!(failure instanceof KubernetesClientException e)) {
      return failure.getMessage();
    }
    var details = e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage() : e.getMessage();
    return details + hint(e.getCode(), details);
  }

  private static String hint(int code, String details) {
    if (code == 403 && details.contains("exceeded quota")) {
      return ". Raise the quota of the namespace or delete workloads that are no longer needed.";
    }
    return switch (code) {
      case 401 -> ". Check the credentials of the adapter's service account.";
      case 403 -> ". Grant the verb on this resource to the adapter's service account.";
      case 404 -> ". Create the namespace, or install the custom resource definition.";
      case 400, 422 -> ". Correct the manifest of the adapter.";
      default -> "";
    };
  }

  private static Throwable caught(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }
}
