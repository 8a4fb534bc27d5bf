package io.hyperfleet.local.pubsub.contract;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The bare protocol, with topics and subscriptions under names that no other test uses. */
final class PubSubClient implements AutoCloseable {

  static final String PROJECT = "hyperfleet-test";

  private final ManagedChannel channel;

  PubSubClient(String endpoint) {
    channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().maxInboundMessageSize(20_000_000).build();
  }

  PublisherBlockingStub publisher() {
    return PublisherGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  SubscriberBlockingStub subscriber() {
    return SubscriberGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  static String topicName(String id) {
    return "projects/" + PROJECT + "/topics/" + id;
  }

  static String subscriptionName(String id) {
    return "projects/" + PROJECT + "/subscriptions/" + id;
  }

  static String anyId() {
    return "t-" + UUID.randomUUID();
  }

  String newTopic() {
    return publisher().createTopic(Topic.newBuilder().setName(topicName(anyId())).build()).getName();
  }

  String newSubscription(String topic) {
    return newSubscription(topic, asIs -> asIs);
  }

  String newSubscription(String topic, UnaryOperator<Subscription.Builder> settings) {
    var subscription = Subscription.newBuilder().setName(subscriptionName(anyId())).setTopic(topic);
    return subscriber().createSubscription(settings.apply(subscription).build()).getName();
  }

  List<String> publish(String topic, String... bodies) {
    return publish(topic, Stream.of(bodies).map(PubSubClient::message).toList());
  }

  List<String> publish(String topic, List<PubsubMessage> messages) {
    var request = PublishRequest.newBuilder().setTopic(topic).addAllMessages(messages).build();
    return publisher().publish(request).getMessageIdsList();
  }

  static PubsubMessage message(String body) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(body)).build();
  }

  static PubsubMessage message(String body, String orderingKey) {
    return message(body).toBuilder().setOrderingKey(orderingKey).build();
  }

  static String body(ReceivedMessage received) {
    return received.getMessage().getData().toStringUtf8();
  }

  List<ReceivedMessage> pull(String subscription, int max) {
    var request = PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(max).build();
    // The emulator holds an empty pull until shortly before its deadline, the local server for two seconds.
    return subscriber().withDeadlineAfter(10, TimeUnit.SECONDS).pull(request).getReceivedMessagesList();
  }

  void acknowledge(String subscription, ReceivedMessage received) {
    subscriber().acknowledge(AcknowledgeRequest.newBuilder()
        .setSubscription(subscription).addAckIds(received.getAckId()).build());
  }

  void modifyDeadline(String subscription, ReceivedMessage received, int seconds) {
    subscriber().modifyAckDeadline(ModifyAckDeadlineRequest.newBuilder()
        .setSubscription(subscription).addAckIds(received.getAckId()).setAckDeadlineSeconds(seconds).build());
  }

  ReceivingStream stream(String subscription) {
    return stream(subscription, 0, 0);
  }

  ReceivingStream stream(String subscription, long maxMessages, long maxBytes) {
    return ReceivingStream.open(SubscriberGrpc.newStub(channel), subscription, maxMessages, maxBytes);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
