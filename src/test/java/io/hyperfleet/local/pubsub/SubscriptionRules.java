package io.hyperfleet.local.pubsub;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;

/**
 * Checks what a subscription asks for and fills in the service's defaults.
 *
 * <p>Emulator: takes ack deadlines below 10 seconds, and filters that cannot be parsed.
 */
final class SubscriptionRules {

  static final int MIN_ACK_DEADLINE = 10;
  static final int MAX_ACK_DEADLINE = 600;

  private static final long MIN_RETENTION = 600;
  private static final long MAX_RETENTION = 31L * 24 * 3600;
  private static final Duration DEFAULT_RETENTION = seconds(7 * 24 * 3600);
  private static final Duration DEFAULT_MIN_BACKOFF = seconds(10);
  private static final Duration DEFAULT_MAX_BACKOFF = seconds(600);

  private SubscriptionRules() {}

  /** The subscription as it is stored, or a refusal. */
  static Subscription complete(Subscription asked) {
    refuseWhatIsMissing(asked);
    var result = asked.toBuilder().setState(Subscription.State.ACTIVE);
    if (asked.getAckDeadlineSeconds() == 0) {
      result.setAckDeadlineSeconds(MIN_ACK_DEADLINE);
    }
    if (!asked.hasMessageRetentionDuration()) {
      result.setMessageRetentionDuration(DEFAULT_RETENTION);
    }
    if (asked.hasRetryPolicy()) {
      result.setRetryPolicy(complete(asked.getRetryPolicy()));
    }
    if (asked.hasDeadLetterPolicy()) {
      result.setDeadLetterPolicy(complete(asked.getDeadLetterPolicy()));
    }
    requireBetween("ack_deadline_seconds", result.getAckDeadlineSeconds(), MIN_ACK_DEADLINE, MAX_ACK_DEADLINE);
    requireBetween("message_retention_duration", result.getMessageRetentionDuration().getSeconds(),
        MIN_RETENTION, MAX_RETENTION);
    return result.build();
  }

  static void requireBetween(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw Refusals.invalid(field + " must be between " + min + " and " + max + " seconds, not " + value);
    }
  }

  private static RetryPolicy complete(RetryPolicy asked) {
    var min = asked.hasMinimumBackoff() ? asked.getMinimumBackoff() : DEFAULT_MIN_BACKOFF;
    var max = asked.hasMaximumBackoff() ? asked.getMaximumBackoff() : DEFAULT_MAX_BACKOFF;
    requireBetween("minimum_backoff", min.getSeconds(), 0, 600);
    requireBetween("maximum_backoff", max.getSeconds(), min.getSeconds(), 600);
    return RetryPolicy.newBuilder().setMinimumBackoff(min).setMaximumBackoff(max).build();
  }

  private static DeadLetterPolicy complete(DeadLetterPolicy asked) {
    ResourceNames.topic(asked.getDeadLetterTopic());
    int attempts = asked.getMaxDeliveryAttempts() == 0 ? 5 : asked.getMaxDeliveryAttempts();
    if (attempts < 5 || attempts > 100) {
      throw Refusals.outOfRange("max_delivery_attempts must be between 5 and 100, not " + attempts);
    }
    return asked.toBuilder().setMaxDeliveryAttempts(attempts).build();
  }

  private static void refuseWhatIsMissing(Subscription asked) {
    refuse(!asked.getPushConfig().equals(PushConfig.getDefaultInstance()), "push delivery");
    refuse(asked.hasBigqueryConfig(), "BigQuery delivery");
    refuse(asked.hasCloudStorageConfig(), "Cloud Storage delivery");
    refuse(!asked.getFilter().isEmpty(), "subscription filters");
    refuse(asked.getEnableExactlyOnceDelivery(), "exactly-once delivery");
    refuse(asked.getMessageTransformsCount() > 0, "message transforms");
  }

  private static void refuse(boolean asked, String what) {
    if (asked) {
      throw Refusals.unimplemented(what);
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
