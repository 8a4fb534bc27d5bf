package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.body;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.subscriptionName;
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
    long published = System.nanoTime();
    client.publish(topic, "acknowledged", "extended", "forgotten");
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(3));
    stream.acknowledge(find(stream, "acknowledged"));
    stream.modifyDeadline(find(stream, "extended"), 60);

    await().untilAsserted(() -> assertThat(stream.received()).hasSize(4));
    assertThat(stream.arrival(3) - published).as("not before the deadline").isGreaterThan(ofSeconds(8).toNanos());
    // What else had come back at that deadline would stand before this one.
    client.publish(topic, "after");
    await().untilAsserted(() -> assertThat(stream.bodies()).contains("after"));
    assertThat(stream.bodies().subList(3, stream.bodies().size())).containsExactly("forgotten", "after");
    var again = stream.received().get(3);
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
      await().untilAsserted(() -> assertThat(stream.received()).hasSize(expected));
      // So that no deadline can bring it back while this test waits.
      stream.modifyDeadline(stream.received().get(delivery - 1), 600);
      stream.nack(stream.received().get(delivery - 1));
    }
    await().untilAsserted(() -> assertThat(stream.bodies()).containsExactly("a", "a", "a", "a"));
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
    closing.close();
    await().until(() -> closing.end() != null);
    long leased = System.nanoTime();
    client.modifyDeadline(subscription, closing.received().get(0), 3);
    var other = client.stream(subscription);
    await().untilAsserted(() -> assertThat(other.bodies()).containsExactly("in flight"));
    assertThat(other.arrival(0) - leased).isGreaterThanOrEqualTo(ofSeconds(3).toNanos());
  }

  @Test
  void takesAnAcknowledgementThatArrivesAfterTheStreamClosed() {
    var closing = client.stream(subscription);
    client.publish(topic, "in flight");
    await().untilAsserted(() -> assertThat(closing.received()).hasSize(1));
    closing.close();
    await().until(() -> closing.end() != null);
    client.acknowledge(subscription, closing.received().get(0));
    // Had that come to nothing, this would bring it back at once.
    client.modifyDeadline(subscription, closing.received().get(0), 0);
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
