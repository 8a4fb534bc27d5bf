package io.hyperfleet.conformance;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The adapters under test and what is around them: a broker, an API, and the process that runs them. Without the system
 * property {@code conformance.adapter} these are two of the built-in ones, one of each template; with it, it is one
 * that {@code conformance.command} starts, or somebody.
 */
final class AdapterUnderTest implements AutoCloseable {

  private static final String PROJECT = "projects/hyperfleet/";
  private static final String TOPIC = PROJECT + "topics/hyperfleet.clusters.changed.v1";

  private final LocalPubSub broker;
  private final ObservedApi api;
  private final ManagedChannel channel;
  private final AutoCloseable process;

  private AdapterUnderTest(LocalPubSub broker, ObservedApi api, ManagedChannel channel, AutoCloseable process) {
    this.broker = broker;
    this.api = api;
    this.channel = channel;
    this.process = process;
  }

  /** The names of the adapters that are tried. */
  static List<String> names() {
    var external = System.getProperty("conformance.adapter", "");
    return external.isBlank() ? List.of("validation", "dns") : List.of(external);
  }

  static AdapterUnderTest start() throws IOException {
    boolean external = System.getProperty("conformance.adapter") != null;
    var broker = LocalPubSub.start(external ? Integer.getInteger("conformance.pubsub-port", 8085) : 0);
    var api = new ObservedApi(external ? Integer.getInteger("conformance.api-port", 8000) : 0);
    var channel = ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
    PublisherGrpc.newBlockingStub(channel).createTopic(Topic.newBuilder().setName(TOPIC).build());
    names().forEach(name -> SubscriberGrpc.newBlockingStub(channel).createSubscription(Subscription.newBuilder()
        .setName(subscription(name)).setTopic(TOPIC).setAckDeadlineSeconds(10).build()));
    return new AdapterUnderTest(broker, api, channel, external ? command(broker, api) : templates(broker, api));
  }

  private static AutoCloseable templates(LocalPubSub broker, ObservedApi api) {
    return LocalFleet.start("hyperfleet.roles=adapters", "hyperfleet.broker.emulator-host=" + broker.endpoint(),
        "hyperfleet.api.base-url=" + api.url(), "hyperfleet.adapters.enabled=" + String.join(",", names()),
        "hyperfleet.adapters.object-hint=false");
  }

  private static AutoCloseable command(LocalPubSub broker, ObservedApi api) throws IOException {
    var command = System.getProperty("conformance.command", "");
    if (command.isBlank()) {
      return () -> {};
    }
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
        .redirectOutput(new File("target/conformance.log"));
    builder.environment().putAll(Map.of("PUBSUB_EMULATOR_HOST", broker.endpoint(), "HYPERFLEET_API_BASEURL", api.url(),
        "HYPERFLEET_BROKER_PROJECTID", "hyperfleet"));
    var process = builder.start();
    return () -> {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    };
  }

  static String subscription(String adapter) {
    return PROJECT + "subscriptions/" + System.getProperty("conformance.subscription", adapter + "-adapter-sub");
  }

  ObservedApi api() {
    return api;
  }

  /** Publishes a CloudEvent in structured mode. */
  void event(String type, String id, int generation) {
    publish("""
        {"specversion": "1.0", "id": "%s", "source": "/conformance", "type": "%s", "datacontenttype": "application/json", \
        "data": {"id": "%s", "kind": "Cluster", "href": "/api/hyperfleet/v1/clusters/%s", "generation": %d}}"""
        .formatted(UUID.randomUUID(), type, id, id, generation));
  }

  void event(String id, int generation) {
    event("cluster.changed.v1", id, generation);
  }

  void publish(String body) {
    PublisherGrpc.newBlockingStub(channel).publish(PublishRequest.newBuilder().setTopic(TOPIC)
        .addMessages(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(body))
            .putAttributes("content-type", "application/cloudevents+json; charset=utf-8"))
        .build());
  }

  /** Messages that the adapter has got and not acknowledged, or not yet got. */
  long unacknowledged(String adapter) {
    return broker.unacknowledged(subscription(adapter));
  }

  /** How often messages were delivered to the adapter. */
  long deliveries(String adapter) {
    return broker.deliveries(subscription(adapter));
  }

  @Override
  public void close() throws Exception {
    process.close();
    channel.shutdownNow();
    broker.close();
    api.close();
  }
}
