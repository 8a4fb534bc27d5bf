package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import java.time.Instant;
import java.util.List;

/** What moves a message to another topic once it was delivered too often. */
final class DeadLetters {

  private static final String PREFIX = "CloudPubSubDeadLetterSource";

  private DeadLetters() {}

  static boolean isDue(Subscription subscription, int failures) {
    return subscription.hasDeadLetterPolicy()
        && failures >= subscription.getDeadLetterPolicy().getMaxDeliveryAttempts();
  }

  /** Publishes the message to the dead-letter topic; false, so that it is kept, when that topic is gone. */
  static boolean forward(Broker broker, Subscription subscription, PubsubMessage message, int attempts) {
    var topic = broker.findTopic(subscription.getDeadLetterPolicy().getDeadLetterTopic());
    if (topic == null) {
      return false;
    }
    var published = message.getPublishTime();
    broker.publish(topic, List.of(message.toBuilder()
        .putAttributes(PREFIX + "DeliveryCount", Integer.toString(attempts))
        .putAttributes(PREFIX + "Subscription", ResourceNames.idOf(subscription.getName()))
        .putAttributes(PREFIX + "SubscriptionProject", ResourceNames.projectOf(subscription.getName()))
        .putAttributes(PREFIX + "TopicPublishTime",
            Instant.ofEpochSecond(published.getSeconds(), published.getNanos()).toString())
        .build()));
    return true;
  }
}
