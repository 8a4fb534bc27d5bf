package io.hyperfleet.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.broker.BrokerProperties;
import io.hyperfleet.broker.PubSubConnection;
import io.hyperfleet.broker.TopicPublishers;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.local.pubsub.LocalPubSub;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What becomes of the rows of a batch, by what a broker that runs in this process says to each. */
class EventPublisherTest {

  private static final String TOPIC = "hyperfleet.clusters.changed.v1";
  private static final String PROJECT = "projects/hyperfleet/";
  /** Pub/Sub takes attributes of 1,024 bytes at most, and of a request with one that is longer, nothing. */
  private static final String TOO_LONG = "x".repeat(1_100);

  private final LocalPubSub broker = LocalPubSub.start(0);
  private final ManagedChannel channel = ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void createTopic() {
    PublisherGrpc.newBlockingStub(channel).createTopic(Topic.newBuilder().setName(PROJECT + "topics/" + TOPIC).build());
    SubscriberGrpc.newBlockingStub(channel).createSubscription(
        Subscription.newBuilder().setName(PROJECT + "subscriptions/all").setTopic(PROJECT + "topics/" + TOPIC).build());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRowThatTheBrokerRefusesIsDeadAndKeepsNoOtherBack(boolean orderingKeys) throws Exception {
    var exchange = publish(orderingKeys, row("a", "Cluster", "created"), row("b", "Cluster", TOO_LONG),
        row("c", "Cluster", "created"),
        row("d", "Cluster", "created"));

    assertThat(published(exchange)).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(failed(exchange)).extracting(row -> row.get("event_id"), row -> row.get("dead"))
        .containsExactly(tuple("b", true));
    assertThat(failed(exchange)).first().satisfies(row -> assertThat((String) row.get("error"))
        .startsWith("topic " + TOPIC + ": ").contains("Attribute value too long"));
    assertThat(received()).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(Metric.BROKER_PUBLISHED.counter(meters, "outbox", TOPIC).count()).isEqualTo(3);
    assertThat(Metric.BROKER_ERRORS.counter(meters, "outbox", TOPIC, "publish").count()).isEqualTo(1);
  }

  @Test
  void everyRowOfABatchMayBeRefused() throws Exception {
    var exchange = publish(false, row("a", "Cluster", TOO_LONG), row("b", "Cluster", TOO_LONG));

    assertThat(published(exchange)).isEmpty();
    assertThat(failed(exchange)).extracting(row -> row.get("event_id"), row -> row.get("dead"))
        .containsExactlyInAnyOrder(tuple("a", true), tuple("b", true));
    assertThat(broker.unacknowledged(PROJECT + "subscriptions/all")).isZero();
  }

  @Test
  void aRowOfNoKindIsDeadWithoutBeingSent() throws Exception {
    var exchange = publish(false, row("a", "Nothing", "created"), row("b", "Cluster", "created"));

    assertThat(published(exchange)).containsExactly("b");
    assertThat(failed(exchange))
        .containsExactly(Map.of("event_id", "a", "error", "no kind 'Nothing' is configured", "dead", true));
    assertThat(received()).containsExactly("b");
  }

  @Test
  void aRowWhoseTopicIsMissingIsTriedAgainLater() throws Exception {
    var exchange = publish(false, row("a", "NodePool", "created"), row("b", "Cluster", "created"));

    assertThat(published(exchange)).containsExactly("b");
    assertThat(failed(exchange)).extracting(row -> row.get("event_id"), row -> row.get("dead"))
        .containsExactly(tuple("a", false));
  }

  @SafeVarargs
  private Exchange publish(boolean orderingKeys, Map<String, Object>... rows) throws Exception {
    var settings = new Binder(
        new MapConfigurationPropertySource(Map.of("hyperfleet.broker.emulator-host", broker.endpoint(),
            "hyperfleet.broker.ordering-keys", orderingKeys)))
        .bindOrCreate("hyperfleet.broker", BrokerProperties.class);
    var properties = new OutboxProperties(500, Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(10),
        Duration.ofDays(7), "/api", "sentinel");
    var kinds = new Kinds(new KindsProperties(Map.of()));
    var connection = new PubSubConnection(settings);
    var publishers = new TopicPublishers(settings, connection, properties.publishTimeout());
    try (var camel = new DefaultCamelContext()) {
      var exchange = new DefaultExchange(camel);
      new EventPublisher(publishers, kinds, properties, orderingKeys, new OutboxMonitor(meters, kinds), Tracing.off())
          .publish(List.of(rows), exchange);
      return exchange;
    } finally {
      publishers.destroy();
      connection.destroy();
    }
  }

  private static Map<String, Object> row(String id, String kind, String type) {
    var row = new HashMap<String, Object>(Map.of("event_id", id, "aggregate_type", kind, "aggregate_id", "of-" + id,
        "event_type", type, "reason", "created", "source", "api", "payload", "{}", "created_time",
        Timestamp.from(Instant.EPOCH)));
    row.put("traceparent", null);
    return row;
  }

  private static List<String> published(Exchange exchange) {
    var ids = exchange.getVariable("published", String.class);
    return ids.isEmpty() ? List.of() : List.of(ids.split(","));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> failed(Exchange exchange) {
    return exchange.getVariable("failed", List.class);
  }

  private List<String> received() {
    return SubscriberGrpc.newBlockingStub(channel).pull(
        PullRequest.newBuilder().setSubscription(PROJECT + "subscriptions/all").setMaxMessages(10).build())
        .getReceivedMessagesList().stream().map(message -> message.getMessage().getAttributesMap().get("ce-id"))
        .toList();
  }
}
