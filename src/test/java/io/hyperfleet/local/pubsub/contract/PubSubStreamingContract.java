package io.hyperfleet.local.pubsub.contract;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.anyId;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.message;
import static io.hyperfleet.local.pubsub.contract.PubSubClient.subscriptionName;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.StreamingPullRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** StreamingPull: sharing, flow control, and how a stream ends. */
abstract class PubSubStreamingContract extends PubSubContract {

  private String topic;
  private String subscription;

  @BeforeEach
  void createTopicAndSubscription() {
    topic = client.newTopic();
    subscription = client.newSubscription(topic);
  }

  @Test
  void sharesASubscriptionBetweenItsStreamsAndLosesNothing() {
    var first = client.stream(subscription);
    var second = client.stream(subscription);
    var sent = new ArrayList<String>();
    // The opening of a stream is not answered: both take part once each has received something.
    await().until(() -> {
      publishNext(sent);
      return !first.received().isEmpty() && !second.received().isEmpty();
    });
    for (int i = 0; i < 100; i++) {
      publishNext(sent);
    }

    await().untilAsserted(() -> {
      var all = new HashSet<>(first.bodies());
      all.addAll(second.bodies());
      assertThat(all).containsExactlyInAnyOrderElementsOf(sent);
    });
  }

  @Test
  void keepsUpWithThousandsOfMessages() {
    var stream = client.stream(subscription);
    for (int batch = 0; batch < 10; batch++) {
      client.publish(topic, Collections.nCopies(500, message("x".repeat(500))));
    }
    await()
        .untilAsserted(() -> assertThat(stream.received().stream().map(m -> m.getMessage().getMessageId()).distinct())
            .hasSize(5_000));
    stream.received().forEach(stream::acknowledge);
  }

  @Test
  void keepsNoMoreMessagesOutThanTheStreamAllows() {
    skipOnEmulator("ignores max_outstanding_messages");
    var stream = client.stream(subscription, 2, 0);
    client.publish(topic, "a", "b", "c", "d");
    assertOut(stream, 2);
    stream.acknowledge(stream.received().get(0));
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(3));
    stream.nack(stream.received().get(1));
    await().untilAsserted(() -> assertThat(stream.bodies()).containsExactly("a", "b", "c", "d"));
  }

  @Test
  void keepsNoMoreBytesOutThanTheStreamAllows() {
    skipOnEmulator("ignores max_outstanding_bytes");
    var stream = client.stream(subscription, 0, 1_500);
    for (int i = 0; i < 4; i++) {
      client.publish(topic, "x".repeat(1_000));
    }
    assertOut(stream, 2);
    // 1,000 of 1,500 bytes are out after this: there is room for one more.
    stream.acknowledge(stream.received().get(0));
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(3));
  }

  @Test
  void givesASlowStreamLessThanAFastOne() {
    skipOnEmulator("ignores max_outstanding_messages");
    var slow = client.stream(subscription, 1, 0);
    client.publish(topic, "fills the slow one");
    await().untilAsserted(() -> assertThat(slow.received()).hasSize(1));
    var fast = client.stream(subscription);
    client.publish(topic, Collections.nCopies(20, message("x")));
    await().untilAsserted(() -> assertThat(fast.received()).hasSize(20));
    assertThat(slow.received()).hasSize(1);
  }

  @Test
  void answersAKeepAlive() {
    skipOnEmulator("does not answer");
    var stream = client.stream(subscription);
    stream.send(StreamingPullRequest.newBuilder());
    await().untilAsserted(() -> assertThat(stream.responses()).isEqualTo(1));
    assertThat(stream.received()).isEmpty();
  }

  @Test
  void refusesAMissingSubscription() {
    var stream = client.stream(subscriptionName(anyId()));
    await().untilAsserted(() -> assertThat(code(stream)).isEqualTo(NOT_FOUND));
  }

  @Test
  void endsAStreamWhoseSubscriptionIsDeleted() {
    var stream = client.stream(subscription);
    client.publish(topic, "a");
    await().untilAsserted(() -> assertThat(stream.received()).hasSize(1));
    client.subscriber().deleteSubscription(
        DeleteSubscriptionRequest.newBuilder().setSubscription(subscription).build());
    await().untilAsserted(() -> assertThat(code(stream)).isEqualTo(NOT_FOUND));
  }

  @Test
  void endsAStreamThatBreaksTheProtocol() {
    var renamed = client.stream(subscription);
    renamed.send(StreamingPullRequest.newBuilder().setSubscription(subscription));
    await().untilAsserted(() -> assertThat(code(renamed)).isEqualTo(INVALID_ARGUMENT));

    var bogus = client.stream(subscription);
    bogus.send(StreamingPullRequest.newBuilder().addAckIds("bogus"));
    await().untilAsserted(() -> assertThat(code(bogus)).isEqualTo(INVALID_ARGUMENT));
  }

  @Test
  void completesAStreamThatItsClientCloses() {
    var stream = client.stream(subscription);
    stream.close();
    await().untilAsserted(() -> assertThat(code(stream)).isEqualTo(Status.Code.OK));
  }

  /** Waits for so many messages, and sees that there are no more by what the server answers after them. */
  private static void assertOut(ReceivingStream stream, int messages) {
    await().until(() -> stream.received().size() >= messages);
    stream.send(StreamingPullRequest.newBuilder());
    await().until(() -> stream.keepAlives() > 0);
    assertThat(stream.received()).hasSize(messages);
  }

  /** One request a message: the emulator gives a whole request to one stream. */
  private void publishNext(List<String> sent) {
    var body = "m" + sent.size();
    sent.add(body);
    client.publish(topic, body);
  }

  private static Status.Code code(ReceivingStream stream) {
    assertThat(stream.end()).as("end of the stream").isNotNull();
    return stream.end().getCode();
  }
}
