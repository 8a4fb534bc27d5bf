package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OUT_OF_RANGE;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.message;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.topicName;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.hyperfleet.local.pubsub.ResourceNames;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscription's policies change: order, backoff, dead letters. */
abstract class PubSubPolicyContract extends PubSubContract {

  @Test
  void keepsTheOrderOfEachKey() {
    var topic = client.newTopic();
    var subscription = client.newSubscription(topic, s -> s.setEnableMessageOrdering(true));
    client.publish(topic, List.of(message("a1", "a"), message("b1", "b"), message("a2", "a")));
    client.publish(topic, List.of(message("b2", "b"), message("a3", "a"), message("free")));
    var stream = client.stream(subscription);

    await().untilAsserted(() -> {
      stream.received().forEach(stream::acknowledge);
      assertThat(ofKey(stream, "a")).containsExactly("a1", "a2", "a3");
      assertThat(ofKey(stream, "b")).containsExactly("b1", "b2");
      assertThat(ofKey(stream, "")).containsExactly("free");
    });
  }

  @Test
  void keepsAKeyWithOneStreamWhileItsMessagesAreOut() {
    var topic = client.newTopic();
    var subscription = client.newSubscription(topic, s -> s.setEnableMessageOrdering(true));
    var first = client.stream(subscription);
    var second = client.stream(subscription);
    for (int i = 1; i <= 4; i++) {
      client.publish(topic, List.of(message("a" + i, "a")));
    }
    await().untilAsserted(() -> assertThat(first.received().size() + second.received().size()).isEqualTo(4));
    var holder = first.received().isEmpty() ? second : first;
    assertThat(holder.bodies()).containsExactly("a1", "a2", "a3", "a4");
  }

  @Test
  void redeliversWhatFollowsARedeliveredMessageOfItsKey() {
    skipOnEmulator("redelivers that message alone");
    var topic = client.newTopic();
    var stream = client.stream(client.newSubscription(topic, s -> s.setEnableMessageOrdering(true)));
    client.publish(topic, List.of(message("a1", "a"), message("a2", "a"), message("a3", "a")));
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(3));

    stream.acknowledge(stream.received().get(2));
    stream.nack(stream.received().get(1));
    await().untilAsserted(() -> assertThat(stream.bodies()).containsExactly("a1", "a2", "a3", "a2", "a3"));
  }

  @Test
  void waitsForTheBackoffBeforeItRedelivers() {
    var topic = client.newTopic();
    var stream = client.stream(client.newSubscription(topic, s -> s.setRetryPolicy(backoff(2, 2))));
    client.publish(topic, "a");
    // The second failure: the emulator does not wait after the first.
    nackDelivery(stream, 1);
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(2));
    long givenBack = System.nanoTime();
    nackDelivery(stream, 2);
    await().untilAsserted(() -> assertThat(stream.bodies()).containsExactly("a", "a", "a"));
    assertThat(stream.arrival(2) - givenBack).isGreaterThan(ofMillis(1200).toNanos());
  }

  @Test
  void refusesABackoffOutOfBounds() {
    var topic = client.newTopic();
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> s.setRetryPolicy(backoff(0, 601))));
    assertRefused(INVALID_ARGUMENT, () -> client.newSubscription(topic, s -> s.setRetryPolicy(backoff(10, 1))));
  }

  @Test
  void movesAMessageThatFailedTooOftenToTheDeadLetterTopic() {
    var topic = client.newTopic();
    var deadLetters = client.newTopic();
    var graveyard = client.newSubscription(deadLetters);
    var subscription = client.newSubscription(topic, s -> withDeadLetters(s, deadLetters, 5));
    var stream = client.stream(subscription);
    client.publish(topic, "poison");
    for (int delivery = 1; delivery <= 5; delivery++) {
      nackDelivery(stream, delivery);
    }

    var dead = client.stream(graveyard);
    await().untilAsserted(() -> assertThat(dead.bodies()).containsExactly("poison"));
    assertThat(stream.received()).extracting(ReceivedMessage::getDeliveryAttempt).containsExactly(1, 2, 3, 4, 5);
    assertThat(dead.received().get(0).getMessage().getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsEntry("CloudPubSubDeadLetterSourceSubscription", ResourceNames.idOf(subscription))
        .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", PubSubClient.PROJECT)
        .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
  }

  @Test
  void refusesADeadLetterPolicyThatCannotWork() {
    var topic = client.newTopic();
    assertRefused(NOT_FOUND, () -> client.newSubscription(topic, s -> withDeadLetters(s, topicName(anyId()), 5)));
    assertRefused(OUT_OF_RANGE, () -> client.newSubscription(topic, s -> withDeadLetters(s, topic, 4)));
  }

  private static void nackDelivery(ReceivingStream stream, int number) {
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(number));
    stream.nack(stream.received().get(number - 1));
  }

  private static List<String> ofKey(ReceivingStream stream, String key) {
    return stream.received().stream()
        .filter(m -> m.getMessage().getOrderingKey().equals(key))
        .map(PubSubClient::body)
        .toList();
  }

  private static RetryPolicy backoff(long min, long max) {
    return RetryPolicy.newBuilder()
        .setMinimumBackoff(Duration.newBuilder().setSeconds(min))
        .setMaximumBackoff(Duration.newBuilder().setSeconds(max))
        .build();
  }

  private static Subscription.Builder withDeadLetters(Subscription.Builder subscription, String topic, int attempts) {
    return subscription.setDeadLetterPolicy(
        DeadLetterPolicy.newBuilder().setDeadLetterTopic(topic).setMaxDeliveryAttempts(attempts));
  }
}
