package io.hyperfleet.local.pubsub;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.hyperfleet.local.pubsub.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.PubSubClient.body;
import static io.hyperfleet.local.pubsub.PubSubClient.subscriptionName;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.ReceivedMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message comes again until it is acknowledged, when its deadline passes or when it is given back. */
abstract class PubSubDeliveryContract extends PubSubContract {

  private String topic;
  private String subscription;

  @BeforeEach
  void createTopicAndSubscription() {
    topic = client.newTopic();
    subscription = client.newSubscription(topic);
  }

  @Test
  void answersAPullWithWhatThereIs() {
    assertThat(client.pull(subscription, 10)).isEmpty();
    client.publish(topic, "a", "b", "c");
    assertThat(client.pull(subscription, 2)).hasSize(2);
    assertThat(client.pull(subscription, 2)).hasSize(1);
    assertRefused(INVALID_ARGUMENT, () -> client.pull(subscription, 0));
  }

  @Test
  void redeliversAtTheDeadlineOnlyWhatIsNeitherAcknowledgedNorExtended() {
    var stream = client.stream(subscription);
    client.publish(topic, "acknowledged", "extended", "forgotten");
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(3));
    stream.acknowledge(find(stream, "acknowledged"));
    stream.modifyDeadline(find(stream, "extended"), 60);

    await().during(ofSeconds(8)).atMost(ofSeconds(9)).until(() -> stream.received().size() == 3);
    await().atMost(ofSeconds(5)).untilAsserted(() -> assertThat(stream.received()).hasSize(4));
    await().during(ofSeconds(1)).atMost(ofSeconds(2)).until(() -> stream.received().size() == 4);
    var again = stream.received().get(3);
    assertThat(body(again)).isEqualTo("forgotten");
    assertThat(again.getAckId()).isNotEqualTo(find(stream, "forgotten").getAckId());
    assertThat(again.getMessage().getMessageId())
        .isEqualTo(find(stream, "forgotten").getMessage().getMessageId());
  }

  @Test
  void redeliversWhenAShortenedDeadlinePasses() {
    client.publish(topic, "a");
    var first = client.pull(subscription, 1).get(0);
    client.modifyDeadline(subscription, first, 1);
    var again = client.pull(subscription, 1);
    assertThat(again).extracting(PubSubClient::body).containsExactly("a");
    assertThat(again.get(0).getAckId()).isNotEqualTo(first.getAckId());
  }

  @Test
  void redeliversAtOnceWhatIsGivenBack() {
    var stream = client.stream(subscription);
    client.publish(topic, "a");
    for (int delivery = 1; delivery <= 3; delivery++) {
      var expected = delivery;
      await().atMost(ofSeconds(2)).untilAsserted(() -> assertThat(stream.received()).hasSize(expected));
      stream.nack(stream.received().get(delivery - 1));
    }
    await().atMost(ofSeconds(2)).untilAsserted(() -> assertThat(stream.bodies()).containsExactly("a", "a", "a", "a"));
  }

  @Test
  void neverRedeliversWhatIsAcknowledged() {
    client.publish(topic, "a");
    var received = client.pull(subscription, 1).get(0);
    client.acknowledge(subscription, received);
    client.modifyDeadline(subscription, received, 0);
    client.acknowledge(subscription, received);
    assertThat(client.pull(subscription, 1)).isEmpty();
  }

  @Test
  void keepsTheLeasesOfAClosedStreamUntilTheirDeadline() {
    var closing = client.stream(subscription);
    client.publish(topic, "in flight");
    await().untilAsserted(() -> assertThat(closing.received()).hasSize(1));
    long leased = System.nanoTime();
    closing.modifyDeadline(closing.received().get(0), 3);
    // A second change of the same stream, answered by a delivery: the first one has arrived by then.
    client.publish(topic, "after");
    await().untilAsserted(() -> assertThat(closing.received()).hasSize(2));
    closing.acknowledge(closing.received().get(1));
    closing.close();
    await().until(() -> closing.end() != null);

    var other = client.stream(subscription);
    await().atMost(ofSeconds(10)).untilAsserted(() -> assertThat(other.bodies()).containsExactly("in flight"));
    assertThat(System.nanoTime() - leased).isGreaterThanOrEqualTo(ofSeconds(3).toNanos());
  }

  @Test
  void takesAnAcknowledgementThatArrivesAfterTheStreamClosed() {
    var closing = client.stream(subscription);
    client.publish(topic, "in flight");
    await().untilAsserted(() -> assertThat(closing.received()).hasSize(1));
    closing.close();
    await().until(() -> closing.end() != null);
    client.modifyDeadline(subscription, closing.received().get(0), 1);
    client.acknowledge(subscription, closing.received().get(0));
    assertThat(client.pull(subscription, 1)).isEmpty();
  }

  @Test
  void refusesAckIdsThatItNeverMade() {
    var bogus = ReceivedMessage.newBuilder().setAckId("bogus").build();
    assertRefused(INVALID_ARGUMENT, () -> client.acknowledge(subscription, bogus));
    assertRefused(INVALID_ARGUMENT, () -> client.modifyDeadline(subscription, bogus, 10));
    assertRefused(NOT_FOUND, () -> client.acknowledge(subscriptionName(anyId()), bogus));
  }

  @Test
  void refusesADeadlineOutOfBounds() {
    client.publish(topic, "a");
    var received = client.pull(subscription, 1).get(0);
    assertRefused(INVALID_ARGUMENT, () -> client.modifyDeadline(subscription, received, -1));
    skipOnEmulator("takes deadlines above 600 seconds");
    assertRefused(INVALID_ARGUMENT, () -> client.modifyDeadline(subscription, received, 601));
  }

  private static ReceivedMessage find(ReceivingStream stream, String body) {
    return stream.received().stream().filter(m -> body(m).equals(body)).findFirst().orElseThrow();
  }
}
