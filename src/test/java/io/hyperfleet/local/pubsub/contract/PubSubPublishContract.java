package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.message;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.topicName;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What may be published, and who gets it. */
abstract class PubSubPublishContract extends PubSubContract {

  @Test
  void deliversDataAttributesIdAndTime() {
    var topic = client.newTopic();
    var subscription = client.newSubscription(topic);
    var sent = message("payload").toBuilder().putAttributes("type", "cluster.changed.v1").setMessageId("mine").build();
    var id = client.publish(topic, List.of(sent)).get(0);

    var received = client.pull(subscription, 1).get(0);
    var message = received.getMessage();
    assertThat(message.getData().toStringUtf8()).isEqualTo("payload");
    assertThat(message.getAttributesMap()).containsOnly(entry("type", "cluster.changed.v1"));
    assertThat(message.getMessageId()).isEqualTo(id).isNotEqualTo("mine");
    assertThat(Instant.ofEpochSecond(message.getPublishTime().getSeconds()))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(received.getDeliveryAttempt()).as("without a dead-letter policy").isZero();
  }

  @Test
  void givesEverySubscriptionItsCopy() {
    var topic = client.newTopic();
    var first = client.stream(client.newSubscription(topic));
    var second = client.stream(client.newSubscription(topic));
    client.publish(topic, "a", "b", "c");
    await().untilAsserted(() -> assertThat(first.bodies()).containsExactlyInAnyOrder("a", "b", "c"));
    await().untilAsserted(() -> assertThat(second.bodies()).containsExactlyInAnyOrder("a", "b", "c"));
  }

  @Test
  void dropsWhatIsPublishedBeforeThereIsASubscription() {
    var topic = client.newTopic();
    client.publish(topic, "too early");
    var stream = client.stream(client.newSubscription(topic));
    client.publish(topic, "in time");
    await().untilAsserted(() -> assertThat(stream.bodies()).containsExactly("in time"));
  }

  @Test
  void takesAThousandMessagesInOneRequestAndNoMore() {
    var topic = client.newTopic();
    var stream = client.stream(client.newSubscription(topic));
    var ids = client.publish(topic, Collections.nCopies(1_000, message("x")));
    assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(1_000));

    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, Collections.nCopies(1_001, message("x"))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of()));
  }

  @Test
  void refusesAnUnknownTopic() {
    assertRefused(NOT_FOUND, () -> client.publish(topicName(anyId()), "x"));
    assertRefused(INVALID_ARGUMENT, () -> client.publish("no-name", "x"));
  }

  @Test
  void refusesAMessageWithNeitherDataNorAttributes() {
    var topic = client.newTopic();
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(PubsubMessage.getDefaultInstance())));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(message("", "only-a-key"))));
    var attributesOnly = PubsubMessage.newBuilder().putAttributes("a", "b").build();
    assertThat(client.publish(topic, List.of(attributesOnly))).hasSize(1);
  }

  @Test
  void deliversTenMegabytes() {
    var topic = client.newTopic();
    var stream = client.stream(client.newSubscription(topic));
    client.publish(topic, List.of(ofSize(10_000_000)));
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(1));
    assertThat(stream.received().get(0).getMessage().getData().size()).isEqualTo(10_000_000);
  }

  @Test
  void refusesMoreThanTenMegabytes() {
    skipOnEmulator("leaves the request without an answer");
    var topic = client.newTopic();
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(ofSize(10_000_001))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(ofSize(11_000_000))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(ofSize(6_000_000), ofSize(6_000_000))));
  }

  @Test
  void takesAttributesUpToTheLimits() {
    var topic = client.newTopic();
    assertThat(client.publish(topic, List.of(
        withAttributes(100),
        withAttribute("k".repeat(256), "v".repeat(1024)),
        message("x", "k".repeat(1024))))).hasSize(3);
  }

  @Test
  void refusesAttributesBeyondTheLimits() {
    skipOnEmulator("takes any number and length");
    var topic = client.newTopic();
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(withAttributes(101))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(withAttribute("k".repeat(257), "v"))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(withAttribute("k", "v".repeat(1025)))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(withAttribute("", "v"))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(withAttribute("google", "v"))));
    assertRefused(INVALID_ARGUMENT, () -> client.publish(topic, List.of(message("x", "k".repeat(1025)))));
  }

  private static PubsubMessage ofSize(int bytes) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static PubsubMessage withAttribute(String key, String value) {
    return message("x").toBuilder().putAttributes(key, value).build();
  }

  private static PubsubMessage withAttributes(int count) {
    var attributes = IntStream.range(0, count).boxed().collect(toMap(i -> "key-" + i, i -> "value"));
    return message("x").toBuilder().putAllAttributes(attributes).build();
  }
}
