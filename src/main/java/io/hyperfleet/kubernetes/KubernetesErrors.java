package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.log.FailureMessage;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Classifies and explains failed requests to Kubernetes: whose fault it is, what it means, and what to change.
 */
public final class KubernetesErrors {

  private static final String RAISE_QUOTA = ". Raise the quota of the namespace or delete workloads that are no longer needed.";
  private static final String CORRECT = ". Correct the adapter's manifest.";
  private static final int LONGEST = 1_000;
  private static final String FORBIDDEN = "Forbidden";
  /** Errors of the store for objects that are too large, which look like outages. */
  private static final Pattern TOO_LARGE = Pattern
      .compile("request is too large|trying to send message larger than max");
  private static final Pattern DENIED = Pattern.compile("admission webhook \"[^\"]*\" denied the request");

  private KubernetesErrors() {}

  /** Explains the rejected request that failed the exchange, and what to do. */
  public static String describeRefusal(Exchange exchange) {
    var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return describeRefusal(ObjectHelper.getException(KubernetesClientException.class, failure));
  }

  /** Explains a rejection, and what to do. */
  public static String describeRefusal(KubernetesClientException refusal) {
    return "Failed to create workload: " + refusal(refusal);
  }

  /** Explains a rejection, and what to do, without values of the request. */
  static String refusal(KubernetesClientException refusal) {
    var details = details(refusal);
    var hint = hint(refusal, details);
    return hint.isEmpty() ? details : withoutFullStop(details) + hint;
  }

  /**
   * Whether the request itself is at fault and would be rejected again: denials of admission webhooks, any 4xx except
   * 401, 429 and a 403 for a missing permission, and 500 responses that say so. Everything else is a problem of the
   * platform.
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
    // A 403 without Kubernetes' reason comes from a proxy in front of the API server.
    return code != 401 && (code != 403 || FORBIDDEN.equals(status == null ? null : status.getReason())
        && MissingPermission.of(message).isEmpty());
  }

  private static boolean isFaultOfRequest(String message) {
    return RefusedFields.isUnfit(message) || TOO_LARGE.matcher(message).find() || DENIED.matcher(message).lookingAt();
  }

  /**
   * Whether access was denied: invalid credentials or a missing permission. Retrying does not help.
   */
  private static boolean isDenied(KubernetesClientException failure) {
    return (failure.getCode() == 401 || failure.getCode() == 403) && !isRefusal(failure);
  }

  /** Whether a retry may help: no response, or a transient error. */
  public static boolean passing(Throwable failure) {
    var answered = ObjectHelper.getException(KubernetesClientException.class, failure);
    return answered != null && !isRefusal(answered) && !isDenied(answered);
  }

  /** Explains a platform failure for a report: what to check, or which permission to grant to whom. */
  public static String platform(Throwable failure) {
    var answered = ObjectHelper.getException(KubernetesClientException.class, failure);
    if (answered == null || passing(answered)) {
      return "Cannot connect to Kubernetes API: " + withoutFullStop(details(failure))
          + ". The next event tries again; check the API server, the network and the adapter's credentials.";
    }
    return (isRefusal(answered)
        ? "The Kubernetes API rejected the request: " + refusal(answered)
        : "The Kubernetes API denied access: " + withoutFullStop(denial(answered)) + ".")
        + " The next event tries again.";
  }

  private static String denial(KubernetesClientException failure) {
    return MissingPermission.of(message(failure.getStatus())).map(MissingPermission::words)
        .orElseGet(() -> withoutFullStop(details(failure))
            + ". Check the credentials of the adapter's service account or kubeconfig");
  }

  /**
   * The error: the fields that the API server rejects, otherwise its message, otherwise the messages of the client's
   * exception and its cause.
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

  /** A sentence without its final full stop, to append another one. */
  public static String withoutFullStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  /** What to do about rejected pods, by Kubernetes' message. */
  public static String podsRefused(String message) {
    return exceedsQuota(message)
        ? RAISE_QUOTA
        : ". The Job exists but its pods cannot be created; correct the manifest or the policy that rejects them.";
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
      return ". The field is immutable: set onChange: recreate for this resource of the adapter to replace the "
          + "object, or revert the change.";
    }
    return switch (refusal.getCode()) {
      case 403 -> forbidden(details);
      case 404 -> ". Create the namespace, or install the custom resource definition.";
      case 409 -> details.contains("conflict with")
          ? ". Remove the field from the manifest, or have its other manager release it."
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
        ? ". An adapter can only grant permissions that it has itself: add them to the adapter's Role, or remove "
            + "them from the manifest."
        : details.contains("because it is being terminated")
            ? ". The namespace is being deleted: recreate it."
            : ". Correct the adapter's manifest, or change the rule that rejects it.";
  }
}
