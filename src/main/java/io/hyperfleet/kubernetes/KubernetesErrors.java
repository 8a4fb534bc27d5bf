package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Says what a refused request to Kubernetes means, and what somebody has to change. Which answers are refusals is a matter of
 * the routes: 4xx, since the same request will be refused again; not 429 and 5xx, where time helps.
 */
public class KubernetesErrors {

  private static final String RAISE_QUOTA =
      ". Raise the quota of the namespace or delete workloads that are no longer needed.";

  /** Sets {@code message}: what was refused and what to do about it. */
  public void describeRefusal(Exchange exchange) {
    var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    var refusal = ObjectHelper.getException(KubernetesClientException.class, failure);
    var details = details(refusal);
    exchange.setVariable("message", "Failed to create workload: " + details + hint(refusal.getCode(), details));
  }

  /** Time may help: no answer, or one that says so. */
  static boolean passing(Throwable failure) {
    var refused = ObjectHelper.getException(KubernetesClientException.class, failure);
    return refused != null && (refused.getCode() < 400 || refused.getCode() == 429 || refused.getCode() >= 500);
  }

  /** What went wrong in the API server's own words when it has said something, else in the client's and its cause's. */
  public static String details(Throwable failure) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      if (cause instanceof KubernetesClientException told && told.getStatus() != null
          && told.getStatus().getMessage() != null) {
        return told.getStatus().getMessage();
      }
    }
    var cause = failure.getCause() == null ? null : failure.getCause().getMessage();
    var message = String.valueOf(failure.getMessage()).strip();
    return cause == null || message.contains(cause) ? message : withoutFullStop(message) + ": " + cause;
  }

  /** A sentence that another one is joined to. */
  public static String withoutFullStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  /** What to do about pods that were not let in, by what Kubernetes says of it. */
  public static String podsRefused(String message) {
    return exceedsQuota(message) ? RAISE_QUOTA
        : ". The Job is there but none of its pods may be created; correct the manifest or what refuses them.";
  }

  private static boolean exceedsQuota(String details) {
    return details.contains("exceeded quota");
  }

  private static String hint(int code, String details) {
    if (code == 403 && exceedsQuota(details)) {
      return RAISE_QUOTA;
    }
    return switch (code) {
      case 401 -> ". Check the credentials of the adapter's service account.";
      case 403 -> ". Grant the verb on this resource to the adapter's service account.";
      case 404 -> ". Create the namespace, or install the custom resource definition.";
      case 400, 422 -> ". Correct the manifest of the adapter.";
      default -> "";
    };
  }
}
