package io.hyperfleet.bench;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** The reference for anything that goes through the broker: Google's client and nothing else, on a topic of its own. */
final class BareBrokerClient implements AutoCloseable {

  private static final String TOPIC = "bench-hops";

  private final ManagedChannel publishing;
  private final ManagedChannel receiving;
  private final Publisher publisher;
  private final Subscriber subscriber;
  private final SynchronousQueue<String> received = new SynchronousQueue<>();

  BareBrokerClient(String host, String project) throws IOException {
    publishing = ManagedChannelBuilder.forTarget(host).usePlaintext().build();
    receiving = ManagedChannelBuilder.forTarget(host).usePlaintext().build();
    var topic = TopicName.of(project, TOPIC);
    var subscription = SubscriptionName.of(project, TOPIC + "-sub");
    try (var topics = TopicAdminClient.create(TopicAdminSettings.newBuilder()
            .setTransportChannelProvider(fixed(publishing))
            .setCredentialsProvider(NoCredentialsProvider.create()).build());
        var subscriptions = SubscriptionAdminClient.create(SubscriptionAdminSettings.newBuilder()
            .setTransportChannelProvider(fixed(receiving))
            .setCredentialsProvider(NoCredentialsProvider.create()).build())) {
      topics.createTopic(topic);
      subscriptions.createSubscription(
          Subscription.newBuilder().setName(subscription.toString()).setTopic(topic.toString()).build());
    }
    publisher = Publisher.newBuilder(topic).setChannelProvider(fixed(publishing))
        .setCredentialsProvider(NoCredentialsProvider.create()).build();
    MessageReceiver receiver = (message, ack) -> {
      ack.ack();
      try {
        received.offer(message.getData().toStringUtf8(), 10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
    subscriber = Subscriber.newBuilder(subscription.toString(), receiver).setChannelProvider(fixed(receiving))
        .setCredentialsProvider(NoCredentialsProvider.create()).build();
    subscriber.startAsync().awaitRunning();
  }

  private static FixedTransportChannelProvider fixed(ManagedChannel channel) {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  /** Publishes and receives one message after the other; answers nanoseconds for all of them. */
  long hops(int count) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      publisher.publish(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("{\"hop\":" + i + "}")).build());
      publisher.publishAllOutstanding();
      if (received.poll(30, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("the broker lost a message");
      }
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    subscriber.stopAsync().awaitTerminated();
    publisher.shutdown();
    publishing.shutdownNow();
    receiving.shutdownNow();
  }
}
