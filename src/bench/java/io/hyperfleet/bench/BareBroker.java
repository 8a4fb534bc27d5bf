package io.hyperfleet.bench;

import com.google.api.core.ApiFuture;
import com.google.api.gax.batching.BatchingSettings;
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
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** The reference for anything that goes through the broker: Google's clients and nothing else, on any topic. */
final class BareBroker implements AutoCloseable {

  private final String host;
  private final String project;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final SynchronousQueue<String> hops = new SynchronousQueue<>();

  /** The broker of a fleet. */
  BareBroker(LocalFleet fleet) {
    host = fleet.property("hyperfleet.broker.emulator-host");
    project = fleet.property("hyperfleet.broker.project-id");
  }

  /** Handles one message. */
  interface Handler {
    void handle(byte[] message) throws Exception;
  }

  void createTopic(String topic) {
    PublisherGrpc.newBlockingStub(channel()).createTopic(Topic.newBuilder().setName(topic(topic)).build());
  }

  /**
   * Hands the messages of a topic, from now on, to a handler, so many at once. They are acknowledged whatever it does.
   */
  void subscribe(String topic, int concurrency, Handler handler) {
    var subscription = "projects/" + project + "/subscriptions/bare-" + topic;
    SubscriberGrpc.newBlockingStub(channel())
        .createSubscription(Subscription.newBuilder().setName(subscription).setTopic(topic(topic)).build());
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

  ApiFuture<String> publish(String topic, byte[] message) {
    return publish(topic, PubsubMessage.newBuilder().setData(ByteString.copyFrom(message)).build());
  }

  ApiFuture<String> publish(String topic, PubsubMessage message) {
    return publishers.computeIfAbsent(topic, this::publisher).publish(message);
  }

  /** Sends at once what waits for a fuller batch. */
  void flush() {
    publishers.values().forEach(Publisher::publishAllOutstanding);
  }

  /**
   * Publishes and receives one message after the other, over a topic that {@link #prepareHops} made; nanoseconds for
   * all.
   */
  long hops(String topic, int count) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      publish(topic, ("{\"hop\":" + i + "}").getBytes());
      flush();
      if (hops.poll(30, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("the broker lost a message");
      }
    }
    return System.nanoTime() - start;
  }

  void prepareHops(String topic) {
    createTopic(topic);
    subscribe(topic, 1, message -> hops.offer(new String(message), 10, TimeUnit.SECONDS));
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

  /** With batches as large as the relay's. */
  private Publisher publisher(String topic) {
    try {
      return Publisher.newBuilder(topic(topic)).setChannelProvider(fixed(channel()))
          .setCredentialsProvider(NoCredentialsProvider.create())
          .setBatchingSettings(BatchingSettings.newBuilder().setElementCountThreshold(1_000L)
              .setRequestByteThreshold(5_000_000L).setDelayThresholdDuration(Duration.ofMillis(5)).build())
          .build();
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
