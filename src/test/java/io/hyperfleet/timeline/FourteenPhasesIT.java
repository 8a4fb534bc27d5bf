package io.hyperfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The fourteen phases of docs/architecture.md, from POST /clusters to a Sentinel that has nothing to do, with
 * validation, dns and placement. Progress rows are off, so that the events of phases 5 and 9 are the Sentinel's; two
 * more subscribers listen to the topic over the broker's own protocol.
 */
class FourteenPhasesIT {

  private static final String PROJECT = "hyperfleet";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalFleet fleet;
  private static ManagedChannel channel;
  private static final List<Subscriber> SUBSCRIBERS = new ArrayList<>();
  private static final List<List<PubsubMessage>> RECEIVED = List.of(new CopyOnWriteArrayList<>(),
      new CopyOnWriteArrayList<>());

  @TempDir
  private static Path location;

  @BeforeAll
  static void start() throws IOException {
    fleet = LocalFleet.start(
        "hyperfleet.adapters.location=" + HeldValidation.in(location),
        "hyperfleet.kinds.clusters.required-adapters=validation,dns,placement",
        "hyperfleet.adapters.enabled=validation,dns,placement",
        "hyperfleet.events.progress=false",
        "hyperfleet.schedule.backoff.first=200ms",
        "hyperfleet.schedule.backoff.initial=200ms",
        "hyperfleet.schedule.backoff.max=500ms",
        "hyperfleet.sentinel.poll-interval=50ms",
        "hyperfleet.local.job-duration=300ms",
        "hyperfleet.local.ready-delay=300ms");
    await().until(() -> fleet.management("/readyz").status() == 200);
    listen();
  }

  private static void listen() throws IOException {
    channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext().build();
    var transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    try (var admin = SubscriptionAdminClient.create(SubscriptionAdminSettings.newBuilder()
        .setTransportChannelProvider(transport).setCredentialsProvider(NoCredentialsProvider.create()).build())) {
      for (int i = 0; i < RECEIVED.size(); i++) {
        var received = RECEIVED.get(i);
        var name = SubscriptionName.of(PROJECT, "listener-" + i);
        admin.createSubscription(Subscription.newBuilder().setName(name.toString())
            .setTopic(TopicName.of(PROJECT, "hyperfleet.clusters.changed.v1").toString()).build());
        MessageReceiver receiver = (message, ack) -> {
          received.add(message);
          ack.ack();
        };
        var subscriber = Subscriber.newBuilder(name.toString(), receiver).setChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create()).build();
        subscriber.startAsync().awaitRunning();
        SUBSCRIBERS.add(subscriber);
      }
    }
  }

  @AfterAll
  static void stop() {
    SUBSCRIBERS.forEach(subscriber -> subscriber.stopAsync().awaitTerminated());
    channel.shutdownNow();
    fleet.close();
  }

  @Test
  void aClusterGoesThroughAllPhases() {
    // Phase 1: one transaction writes the cluster and its event.
    var id = fleet.createCluster("phases");
    var created = events(id).get(0);
    assertThat(created.get("source").asText()).isEqualTo("write");
    assertThat(created.get("reason").asText()).isEqualTo("created");
    assertThat(created.get("generation").asInt()).isEqualTo(1);

    // Phases 2 and 3: the relay publishes it as a CloudEvent, the broker brings it to every subscription.
    await().until(() -> events(id).get(0).get("published").asBoolean());
    var eventId = created.get("event_id").asText();
    await().untilAsserted(() -> assertThat(RECEIVED).allSatisfy(
        received -> assertThat(received).anySatisfy(message -> assertIsTheCloudEvent(message, eventId, id))));

    // Phase 4: validation launches its Job, the others report what they wait for.
    await().untilAsserted(() -> {
      assertThat(indexOf("validation", id, "True/Unknown/True")).isNotNegative();
      assertThat(indexOf("dns", id, "False/False/True")).isNotNegative();
      assertThat(indexOf("placement", id, "False/False/True")).isNotNegative();
    });
    assertThat(fleet.condition(id, "validation", "Applied")).isEqualTo("True JobLaunched");
    assertThat(fleet.report(id, "placement").toString()).contains("Waiting for dependencies to be met: ");
    HeldValidation.letRun(fleet, id, 1);

    // Phases 5 to 12: each time the Sentinel asks for an event, and the next adapter finds what it waited for.
    await().until(() -> fleet.phase(id).equals("Ready"));
    assertThat(events(id).stream().filter(event -> !event.get("source").asText().equals("write")))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(event -> assertThat(event.get("source").asText()).isEqualTo("sentinel"));
    await().until(() -> List.of("validation", "dns", "placement").stream()
        .allMatch(adapter -> indexOf(adapter, id, "True/True/True") >= 0));
    assertThat(indexOf("validation", id, "True/True/True")).isLessThan(indexOf("dns", id, "True/Unknown/True"));
    assertThat(indexOf("dns", id, "True/True/True")).isLessThan(indexOf("placement", id, "True/Unknown/True"));
    assertThat(indexOf("placement", id, "True/Unknown/True")).isLessThan(indexOf("placement", id, "True/True/True"));

    // Phase 13: Ready, whose other name is Validated, in the answer and in the view.
    var cluster = fleet.get("/clusters/" + id).body();
    assertThat(condition(cluster, "Validated")).isEqualTo("True");
    assertThat(condition(cluster, "Reconciled")).isEqualTo("True");
    var row = fleet.context().getBean(JdbcClient.class)
        .sql("SELECT status, adapter_statuses::text AS adapters FROM clusters WHERE id::text = ?").param(id).query()
        .singleRow();
    assertThat(row.get("status")).isEqualTo("Ready");
    assertThat((String) row.get("adapters")).contains("validation", "dns", "placement");

    // Phase 14: nothing is pending, so the Sentinel asks for nothing more, and every event has been published.
    assertThat(fleet.get("/clusters?status!=Ready").body().get("items")).isEmpty();
    int count = events(id).size();
    await().during(Duration.ofSeconds(2)).until(() -> events(id).size() == count);
    await().until(() -> events(id).stream().allMatch(event -> event.get("published").asBoolean()));
    await().untilAsserted(() -> assertThat(RECEIVED).allSatisfy(received -> assertThat(
        received.stream().map(FourteenPhasesIT::cloudEvent).map(event -> event.get("id").asText()))
        .containsAll(events(id).stream().map(event -> event.get("event_id").asText()).toList())));
  }

  private static void assertIsTheCloudEvent(PubsubMessage message, String eventId, String id) {
    var event = cloudEvent(message);
    assertThat(event.get("id").asText()).isEqualTo(eventId);
    assertThat(event.get("specversion").asText()).isEqualTo("1.0");
    assertThat(event.get("type").asText()).isEqualTo("cluster.changed.v1");
    assertThat(event.get("subject").asText()).isEqualTo(id);
    assertThat(event.at("/data/id").asText()).isEqualTo(id);
    assertThat(event.at("/data/kind").asText()).isEqualTo("Cluster");
    assertThat(event.at("/data/href").asText()).isEqualTo("/api/hyperfleet/v1/clusters/" + id);
    assertThat(event.at("/data/generation").asInt()).isEqualTo(1);
    assertThat(message.getAttributesMap()).containsEntry("ce-id", eventId).containsEntry("ce-type",
        "cluster.changed.v1");
  }

  private static JsonNode cloudEvent(PubsubMessage message) {
    try {
      return JSON.readTree(message.getData().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int indexOf(String adapter, String id, String statuses) {
    var all = fleet.reports().all();
    for (int i = 0; i < all.size(); i++) {
      var report = all.get(i);
      if (report.adapter().equals(adapter) && report.id().equals(id) && report.statuses().equals(statuses)) {
        return i;
      }
    }
    return -1;
  }

  private static String condition(JsonNode cluster, String type) {
    for (JsonNode condition : cluster.at("/status/conditions")) {
      if (condition.get("type").asText().equals(type)) {
        return condition.get("status").asText();
      }
    }
    return "";
  }

  /** The events about a cluster, oldest first. */
  private static List<JsonNode> events(String id) {
    var events = new ArrayList<JsonNode>();
    fleet.get("/events?size=100&aggregate_id=" + id).body().get("items").forEach(event -> events.add(0, event));
    return events;
  }
}
