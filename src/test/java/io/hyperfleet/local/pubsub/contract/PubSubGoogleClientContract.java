package io.hyperfleet.local.pubsub.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFutures;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Google's own Java client publishes and consumes.
 *
 * <p>The expression language raises protobuf above the version that this client was built with: these are the tests
 * that notice when the two no longer fit.
 */
abstract class PubSubGoogleClientContract extends PubSubContract {

  private ManagedChannel channel;
  private String topic;
  private String subscription;
  private Publisher publisher;

  @BeforeEach
  void connect() throws Exception {
    channel = ManagedChannelBuilder.forTarget(target().endpoint()).usePlaintext().build();
    topic = client.newTopic();
    subscription = client.newSubscription(topic);
    publisher = Publisher.newBuilder(topic)
        .setChannelProvider(transport())
        .setCredentialsProvider(NoCredentialsProvider.create())
        .build();
  }

  @AfterEach
  void disconnect() throws Exception {
    publisher.shutdown();
    publisher.awaitTermination(5, SECONDS);
    channel.shutdownNow();
  }

  @Test
  void publishesAndConsumes() throws Exception {
    var received = new CopyOnWriteArrayList<PubsubMessage>();
    var subscriber = consume((message, reply) -> {
      received.add(message);
      reply.ack();
    });
    var id = publisher.publish(PubSubClient.message("payload").toBuilder().putAttributes("k", "v").build())
        .get(60, SECONDS);

    await().untilAsserted(() -> assertThat(received).hasSize(1));
    assertThat(received.get(0).getMessageId()).isEqualTo(id);
    assertThat(received.get(0).getData().toStringUtf8()).isEqualTo("payload");
    assertThat(received.get(0).getAttributesMap()).containsEntry("k", "v");
    stop(subscriber);
  }

  @Test
  void sharesThousandsOfMessagesBetweenTwoConsumers() throws Exception {
    var first = new CopyOnWriteArrayList<String>();
    var second = new CopyOnWriteArrayList<String>();
    var subscribers = List.of(consume((message, reply) -> {
      first.add(message.getData().toStringUtf8());
      reply.ack();
    }), consume((message, reply) -> {
      second.add(message.getData().toStringUtf8());
      reply.ack();
    }));
    // A consumer connects in the background: both take part once each has received something.
    await().until(() -> {
      publisher.publish(PubSubClient.message("are you there")).get(60, SECONDS);
      return !first.isEmpty() && !second.isEmpty();
    });
    var sent = IntStream.range(0, 2_000).mapToObj(i -> "m" + i).toList();
    ApiFutures.allAsList(sent.stream().map(PubSubClient::message).map(publisher::publish).toList()).get(60, SECONDS);

    await().untilAsserted(() -> {
      var all = new HashSet<>(first);
      all.addAll(second);
      assertThat(all).containsAll(sent);
    });
    subscribers.forEach(this::stop);
  }

  @Test
  void getsAgainWhatItGaveBack() throws Exception {
    var deliveries = new CopyOnWriteArrayList<String>();
    var subscriber = consume((message, reply) -> {
      deliveries.add(message.getMessageId());
      if (deliveries.size() < 3) {
        reply.nack();
      } else {
        reply.ack();
      }
    });
    publisher.publish(PubSubClient.message("x")).get(60, SECONDS);
    await().untilAsserted(() -> assertThat(deliveries).hasSize(3));
    assertThat(deliveries.stream().distinct()).hasSize(1);
    stop(subscriber);
  }

  @Test
  void finishesWhatIsInFlightWhenItStops() throws Exception {
    var arrived = new AtomicBoolean();
    var finish = new CountDownLatch(1);
    var subscriber = consume((message, reply) -> {
      arrived.set(true);
      awaitQuietly(finish);
      reply.ack();
    });
    publisher.publish(PubSubClient.message("x")).get(60, SECONDS);
    await().untilTrue(arrived);
    subscriber.stopAsync();
    finish.countDown();
    subscriber.awaitTerminated(60, SECONDS);
    assertThat(client.pull(subscription, 1)).isEmpty();
  }

  @Test
  void learnsThatItsSubscriptionIsMissing() {
    subscription = PubSubClient.subscriptionName(PubSubClient.anyId());
    assertThatThrownBy(() -> consume((message, reply) -> reply.ack()).awaitTerminated(60, SECONDS))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("NOT_FOUND");
  }

  private Subscriber consume(MessageReceiver receiver) {
    var subscriber = Subscriber.newBuilder(subscription, receiver)
        .setChannelProvider(transport())
        .setCredentialsProvider(NoCredentialsProvider.create())
        .build();
    subscriber.startAsync();
    return subscriber;
  }

  private void stop(Subscriber subscriber) {
    subscriber.stopAsync().awaitTerminated();
  }

  private TransportChannelProvider transport() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
