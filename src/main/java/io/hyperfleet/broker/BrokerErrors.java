package io.hyperfleet.broker;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;

/** What a failed request to Pub/Sub means, in words for an operator. */
final class BrokerErrors {

  private BrokerErrors() {}

  /**
   * Describes a failure.
   *
   * @param subject what was asked for, such as "topic a"
   */
  static String describe(String subject, Exception failure) {
    if (failure instanceof UnfitSubscriptionException) {
      return failure.getMessage();
    }
    if (!(failure instanceof ApiException e)) {
      return "broker unavailable: no credentials for " + subject;
    }
    StatusCode.Code code = e.getStatusCode().getCode();
    return switch (code) {
      case NOT_FOUND -> subject + " is missing";
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> "broker unavailable (" + subject + ")";
      case PERMISSION_DENIED, UNAUTHENTICATED -> "broker refuses " + subject + ": grant it to this service account";
      default -> "broker refuses " + subject + ": " + code;
    };
  }
}
