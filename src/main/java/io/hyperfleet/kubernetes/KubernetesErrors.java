package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.log.FailureMessage;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Says whose fault a failed request to Kubernetes is, what the answer means, and what somebody has to change.
 */
public final class KubernetesErrors {

  private static final String RAISE_QUOTA = ". Raise the quota of the namespace or delete workloads that are no longer needed.";
  private static final String CORRECT = ". Correct the manifest of the adapter.";
  private static final int LONGEST = 1_000;
  private static final String FORBIDDEN = "Forbidden";
  /** What is too large for the store is told as an outage of it. */
  private static final Pattern TOO_LARGE = Pattern
      .compile("request is too large|trying to send message larger than max");
  private static final Pattern DENIED = Pattern.compile("admission webhook \"[^\"]*\" denied the request");

  private KubernetesErrors() {}

  /** What was refused, of the request that failed the exchange, and what to do about it. */
  public static String describeRefusal(Exchange exchange) {
    var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return describeRefusal(ObjectHelper.getException(KubernetesClientException.class, failure));
  }

  /** What was refused, and what to do about it. */
  public static String describeRefusal(KubernetesClientException refusal) {
    return "Failed to create workload: " + refusal(refusal);
  }

  /** What was refused, and what to do about it; no value of the request. */
  static String refusal(KubernetesClientException refusal) {
    var details = details(refusal);
    var hint = hint(refusal, details);
    return hint.isEmpty() ? details : withoutFullStop(details) + hint;
  }

  /**
   * Whether the request itself is at fault, so that it will be refused again as it stands: what an admission webhook
   * denies, any 4xx but 401, 429 and a 403 for want of a permission, and answers of the code 500 that say so.
   * Everything else is the platform's.
   */
  public static boolean isRefusal(KubernetesClientException failure) {
    return isRefusal(failure.getCode(), failure.getStatus());
  }

  static boolean isRefusal(int code, Status status) {
    var message = message(status);
    if (code == 429 || code < 400) {
      return false;
    }
    if (code >= 500 || DENIED.matcher(message).lookingAt()) {
      return isFaultOfRequest(message);
    }
    // Whoever answers 403 without Kubernetes' word for it is something before the API server.
    return code != 401 && (code != 403 || FORBIDDEN.equals(status == null ? null : status.getReason())
        && MissingPermission.of(message).isEmpty());
  }

  private static boolean isFaultOfRequest(String message) {
    return RefusedFields.isUnfit(message) || TOO_LARGE.matcher(message).find() || DENIED.matcher(message).lookingAt();
  }

  /**
   * Whether whoever asks may not: no credentials that Kubernetes takes, or a permission that is missing. Asking again
   * does not help.
   */
  private static boolean isDenied(KubernetesClientException failure) {
    return (failure.getCode() == 401 || failure.getCode() == 403) && !isRefusal(failure);
  }

  /** Time may help: no answer, or one that says so. */
  public static boolean passing(Throwable failure) {
    var answered = ObjectHelper.getException(KubernetesClientException.class, failure);
    return answered != null && !isRefusal(answered) && !isDenied(answered);
  }

  /** What is wrong with the platform, for a report: what to look at, or which permission to grant to whom. */
  public static String platform(Throwable failure) {
    var answered = ObjectHelper.getException(KubernetesClientException.class, failure);
    if (answered == null || passing(answered)) {
      return "Cannot connect to Kubernetes API: " + withoutFullStop(details(failure))
          + ". The next event tries again; check the API server, the network and the adapter's credentials.";
    }
    return (isRefusal(answered)
        ? "The Kubernetes API refuses the request: " + refusal(answered)
        : "The Kubernetes API refuses the adapter: " + withoutFullStop(denial(answered)) + ".")
        + " The next event tries again.";
  }

  private static String denial(KubernetesClientException failure) {
    return MissingPermission.of(message(failure.getStatus())).map(MissingPermission::words)
        .orElseGet(() -> withoutFullStop(details(failure))
            + ". Check the credentials of the adapter's service account or kubeconfig");
  }

  /**
   * What went wrong: the fields that the API server refuses, else its own words when it has said something, else the
   * client's and its cause's.
   */
  public static String details(Throwable failure) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      if (cause instanceof KubernetesClientException told && !message(told.getStatus()).isBlank()) {
        return RefusedFields.describe(told.getStatus()).orElseGet(() -> shortened(message(told.getStatus())));
      }
    }
    var message = FailureMessage.of(failure);
    var cause = failure.getCause() == null ? "" : FailureMessage.of(failure.getCause());
    return message.contains(cause) ? message : withoutFullStop(message) + ": " + cause;
  }

  /** A sentence that another one is joined to. */
  public static String withoutFullStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  /** What to do about pods that were not let in, by what Kubernetes says of it. */
  public static String podsRefused(String message) {
    return exceedsQuota(message)
        ? RAISE_QUOTA
        : ". The Job is there but none of its pods may be created; correct the manifest or what refuses them.";
  }

  private static boolean exceedsQuota(String details) {
    return details.contains("exceeded quota");
  }

  private static String message(Status status) {
    return status == null || status.getMessage() == null ? "" : status.getMessage();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private static String hint(KubernetesClientException refusal, String details) {
    if (RefusedFields.isImmutable(refusal.getStatus())) {
      return ". Kubernetes lets nobody change such a field: set onChange: recreate for this resource of the adapter, so that the object "
          + "is replaced, or take the change back.";
    }
    return switch (refusal.getCode()) {
      case 403 -> forbidden(details);
      case 404 -> ". Create the namespace, or install the custom resource definition.";
      case 409 -> details.contains("conflict with")
          ? ". Leave the field out of the manifest, or let its other manager give it up."
          : "";
      case 400, 413, 422 -> CORRECT;
      default -> refusal.getCode() >= 500 ? CORRECT : "";
    };
  }

  private static String forbidden(String details) {
    if (exceedsQuota(details)) {
      return RAISE_QUOTA;
    }
    return details.contains("is attempting to grant RBAC permissions not currently held")
        ? ". A role can grant no more than whoever makes it has: grant that to the adapter's Role, or take it out of the manifest."
        : details.contains("because it is being terminated")
            ? ". The namespace is being deleted: create it again."
            : ". Correct the manifest of the adapter, or change the rule that refuses it.";
  }
}
