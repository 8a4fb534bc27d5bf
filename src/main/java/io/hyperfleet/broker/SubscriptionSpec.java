package io.hyperfleet.broker;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;

/** Creates the specification of subscriptions, and checks existing ones. */
final class SubscriptionSpec {

  private final BrokerProperties properties;

  SubscriptionSpec(BrokerProperties properties) {
    this.properties = properties;
  }

  /** A subscription of adapters. It never expires, so that an adapter that was off for a month gets its events. */
  Subscription of(SubscriptionName name, TopicName topic) {
    var wanted = properties.subscription();
    var subscription = Subscription.newBuilder()
        .setName(name.toString())
        .setTopic(topic.toString())
        .setAckDeadlineSeconds((int) wanted.ackDeadline().toSeconds())
        .setMessageRetentionDuration(seconds(wanted.retention()))
        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
        .setEnableMessageOrdering(properties.orderingKeys())
        .setRetryPolicy(RetryPolicy.newBuilder()
            .setMinimumBackoff(seconds(wanted.retryMinBackoff()))
            .setMaximumBackoff(seconds(wanted.retryMaxBackoff())));
    if (properties.hasDeadLetters()) {
      subscription.setDeadLetterPolicy(DeadLetterPolicy.newBuilder()
          .setDeadLetterTopic(TopicName.of(properties.projectId(), properties.deadLetterTopic()).toString())
          .setMaxDeliveryAttempts(wanted.maxDeliveryAttempts()));
    }
    return subscription.build();
  }

  /** The subscription that keeps dead letters, which would be lost without one. */
  Subscription ofDeadLetters(SubscriptionName name, TopicName topic) {
    return Subscription.newBuilder()
        .setName(name.toString())
        .setTopic(topic.toString())
        .setAckDeadlineSeconds((int) properties.subscription().ackDeadline().toSeconds())
        .setMessageRetentionDuration(seconds(properties.subscription().retention()))
        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
        .build();
  }

  /**
   * Checks an existing subscription.
   *
   * @throws SubscriptionMismatchException when it belongs to another topic, or lacks required message ordering
   */
  void check(Subscription found, SubscriptionName name, TopicName topic) {
    if (!found.getTopic().equals(topic.toString())) {
      throw new SubscriptionMismatchException("subscription " + name.getSubscription() + " belongs to the topic "
          + found.getTopic() + ", not to " + topic + ": delete it, or configure another subscription");
    }
    if (properties.orderingKeys() && !found.getEnableMessageOrdering()) {
      throw new SubscriptionMismatchException("subscription " + name.getSubscription()
          + " has message ordering disabled: recreate it with message ordering, or set "
          + "hyperfleet.broker.ordering-keys to false");
    }
  }

  private static Duration seconds(java.time.Duration duration) {
    return Duration.newBuilder().setSeconds(duration.toSeconds()).setNanos(duration.toNanosPart()).build();
  }
}
