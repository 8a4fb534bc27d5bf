package io.hyperfleet.bench;

import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A topic of one's own, a bare subscriber that hands its messages on, and a publisher for any topic. */
final class BareSubscription implements AutoCloseable {

  private static final String TOPIC = "bench-events";

  private final String project;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final String host;
  private final Map<String, Publisher> publishers = new HashMap<>();
  private final List<Subscriber> subscribers = new ArrayList<>();

  BareSubscription(String host, String project, int concurrency, AdapterEventRate.Handler handler) {
    this.host = host;
    this.project = project;
    var channel = channel();
    var subscription = "projects/" + project + "/subscriptions/" + TOPIC + "-sub";
    PublisherGrpc.newBlockingStub(channel).createTopic(Topic.newBuilder().setName(topic(TOPIC)).build());
    SubscriberGrpc.newBlockingStub(channel)
        .createSubscription(Subscription.newBuilder().setName(subscription).setTopic(topic(TOPIC)).build());
    MessageReceiver receiver = (message, ack) -> {
      try {
        handler.handle(message.getData().toByteArray());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        ack.ack();
      }
    };
    for (int i = 0; i < concurrency; i++) {
      var subscriber = Subscriber.newBuilder(subscription, receiver).setChannelProvider(fixed(channel()))
          .setCredentialsProvider(NoCredentialsProvider.create()).setParallelPullCount(1)
          .setExecutorProvider(InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(1).build()).build();
      subscriber.startAsync().awaitRunning();
      subscribers.add(subscriber);
    }
  }

  private String topic(String name) {
    return "projects/" + project + "/topics/" + name;
  }

  private ManagedChannel channel() {
    var channel = ManagedChannelBuilder.forTarget(host).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  private static FixedTransportChannelProvider fixed(ManagedChannel channel) {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  void publishToOwn(byte[] message) {
    publishTo(TOPIC, message);
  }

  void publishTo(String topic, byte[] message) {
    publishers.computeIfAbsent(topic, this::publisher)
        .publish(PubsubMessage.newBuilder().setData(ByteString.copyFrom(message)).build());
  }

  /** Sends at once what waits for a fuller batch. */
  void flush() {
    publishers.values().forEach(Publisher::publishAllOutstanding);
  }

  private Publisher publisher(String topic) {
    try {
      return Publisher.newBuilder(topic(topic)).setChannelProvider(fixed(channel()))
          .setCredentialsProvider(NoCredentialsProvider.create()).build();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    subscribers.forEach(subscriber -> subscriber.stopAsync().awaitTerminated());
    publishers.values().forEach(Publisher::shutdown);
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
