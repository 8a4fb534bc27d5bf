package io.hyperfleet.broker;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import java.util.EnumSet;
import java.util.Set;

/** Explains failed requests to Pub/Sub to operators. */
final class BrokerErrors {

  private static final Set<StatusCode.Code> OF_ITS_OWN = EnumSet.of(StatusCode.Code.NOT_FOUND,
      StatusCode.Code.PERMISSION_DENIED, StatusCode.Code.INVALID_ARGUMENT, StatusCode.Code.FAILED_PRECONDITION);

  private BrokerErrors() {}

  /**
   * Describes a failure.
   *
   * @param subject the requested object, such as "topic a"
   */
  static String describe(String subject, Exception failure) {
    if (failure instanceof SubscriptionMismatchException) {
      return failure.getMessage();
    }
    if (!(failure instanceof ApiException e)) {
      return "broker unavailable: no credentials for " + subject
          + "; set GOOGLE_APPLICATION_CREDENTIALS, or PUBSUB_EMULATOR_HOST for an emulator";
    }
    StatusCode.Code code = e.getStatusCode().getCode();
    return switch (code) {
      case NOT_FOUND ->
        subject + " does not exist in the project of hyperfleet.broker.project-id; create it, or set "
            + "hyperfleet.broker.create-missing=true";
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> "broker unavailable (" + subject + ")";
      case PERMISSION_DENIED, UNAUTHENTICATED -> "broker denies access to " + subject + ": grant access to this "
          + "service account, or correct hyperfleet.broker.project-id";
      default -> "broker denies access to " + subject + ": " + code;
    };
  }

  /** Whether a failure is about the requested topic or subscription, not about the broker or credentials. */
  static boolean isOfItsOwn(Exception failure) {
    return failure instanceof SubscriptionMismatchException
        || failure instanceof ApiException e && OF_ITS_OWN.contains(e.getStatusCode().getCode());
  }
}
