package io.hyperfleet.faults.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.faults.stage.History.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber of the clusters' topic, past every fault, that keeps what it receives. */
public final class EventLog implements AutoCloseable {

  static final String TOPIC = "projects/hyperfleet/topics/hyperfleet.clusters.changed.v1";
  private static final String SUBSCRIPTION = "projects/hyperfleet/subscriptions/history";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<PubsubMessage> messages = new CopyOnWriteArrayList<>();
  private ManagedChannel channel;
  private Subscriber subscriber;

  /** Makes the topic and its subscription, and receives from now on; again after the broker has lost them. */
  public void listen(String endpoint) {
    close();
    channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().maxInboundMessageSize(20_000_000).build();
    PublisherGrpc.newBlockingStub(channel).createTopic(Topic.newBuilder().setName(TOPIC).build());
    SubscriberGrpc.newBlockingStub(channel).createSubscription(Subscription.newBuilder()
        .setName(SUBSCRIPTION).setTopic(TOPIC).setAckDeadlineSeconds(60).build());
    MessageReceiver receiver = (message, ack) -> {
      // Rubbish that a test has published is no event.
      if (message.containsAttributes("ce-id")) {
        messages.add(message);
      }
      ack.ack();
    };
    subscriber = Subscriber.newBuilder(SUBSCRIPTION, receiver)
        .setChannelProvider(FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
        .setCredentialsProvider(NoCredentialsProvider.create()).build();
    subscriber.startAsync().awaitRunning();
  }

  /** Publishes messages as any sender could, past the outbox. */
  public void publish(List<PubsubMessage> copies) {
    for (int from = 0; from < copies.size(); from += 500) {
      PublisherGrpc.newBlockingStub(channel).publish(PublishRequest.newBuilder().setTopic(TOPIC)
          .addAllMessages(copies.subList(from, Math.min(copies.size(), from + 500))).build());
    }
  }

  /** A message as a sender would publish it anew. */
  public static PubsubMessage.Builder copyOf(PubsubMessage message) {
    return message.toBuilder().clearMessageId().clearPublishTime();
  }

  public List<PubsubMessage> messages() {
    return List.copyOf(messages);
  }

  /** The events of what was received, in its order. */
  public List<Event> events() {
    var events = new ArrayList<Event>();
    for (PubsubMessage message : messages) {
      try {
        var event = JSON.readTree(message.getData().toByteArray());
        events.add(new Event(event.required("id").asText(), event.at("/data/id").asText(),
            event.at("/data/generation").asInt()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return events;
  }

  /** How often the event with this id was delivered. */
  public long deliveries(String eventId) {
    return messages.stream().filter(message -> message.getAttributesOrDefault("ce-id", "").equals(eventId)).count();
  }

  @Override
  public void close() {
    if (subscriber != null) {
      subscriber.stopAsync();
      channel.shutdownNow();
    }
  }
}
