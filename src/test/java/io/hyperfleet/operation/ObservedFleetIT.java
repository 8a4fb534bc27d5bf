package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.OtlpReceiver;
import io.hyperfleet.metric.MetricsPage;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees of a fleet at work: metrics under their specified names, one trace from a request to the
 * report, and JSON lines that say what they are about and no secret.
 */
class ObservedFleetIT {

  private static final String TOPIC = "hyperfleet.clusters.changed.v1";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String CANARY = "canary-" + UUID.randomUUID();
  private static final String HOSTILE = "evil\\r\\n{\\\"level\\\":\\\"error\\\"}\\u001b[31m\\u009b0m";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path directory;
  private static OtlpReceiver collector;
  private static LocalFleet fleet;
  private static String cluster;

  @BeforeAll
  static void start() throws Exception {
    collector = OtlpReceiver.start();
    Files.writeString(directory.resolve("token"), CANARY);
    fleet = LocalFleet.start("hyperfleet.adapters.enabled=validation",
        "hyperfleet.kinds.clusters.required-adapters=validation,somebody-else",
        "hyperfleet.metrics.stuck-after=0s", "hyperfleet.metrics.refresh-interval=0s",
        "hyperfleet.api.token-file=" + directory.resolve("token"),
        "hyperfleet.tracing.enabled=true", "otel.exporter.otlp.endpoint=" + collector.endpoint(),
        "otel.exporter.otlp.protocol=http/protobuf", "otel.bsp.schedule.delay=100",
        "logging.file.name=" + directory.resolve("hyperfleet.log"), "logging.structured.format.file=logstash");
    cluster = create();
    await().until(() -> fleet.condition(cluster, "validation", "Available").equals("True JobSucceeded"));
  }

  /** As a caller that traces, with a token that nobody asked for. */
  private static String create() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(fleet.apiUrl() + "/clusters?access_token=" + CANARY))
        .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
        .header("Authorization", "Bearer " + CANARY).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"kind\":\"Cluster\",\"name\":\"observed\",\"spec\":{}}")).build();
    return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).get("id").asText();
  }

  @AfterAll
  static void stop() {
    fleet.close();
    collector.close();
  }

  @Test
  void exposesTheMetricsOfTheContracts() throws IOException {
    report("Health", "False");
    fleet.createCluster("second");
    fleet.createClusterAnswer("second");
    var going = fleet.createCluster("going");
    await().until(() -> fleet.condition(going, "validation", "Available").equals("True JobSucceeded"));
    fleet.delete("/clusters/" + going);
    await().until(() -> fleet.condition(going, "validation", "Finalized").startsWith("True"));

    await().untilAsserted(() -> {
      assertThat(page().families().keySet()).containsAll(wanted().keySet());
      assertThat(page().values("path")).contains("/api/hyperfleet/v1/clusters",
          "/api/hyperfleet/v1/clusters/-/statuses");
    });

    var page = page();
    var specified = wanted();
    assertThat(page.families()).allSatisfy((name, family) -> {
      var wanted = specified.get(name);
      if (wanted == null) {
        assertThat(name).as("is not specified").matches(known -> MetricDifferences.explains(known));
      } else {
        assertThat(family.type()).as(name).isEqualTo(wanted.type());
        assertThat(family.labels()).as(name).isEqualTo(wanted.labels());
        assertThat(family.buckets()).as(name).containsAll(wanted.buckets());
      }
    });
    assertThat(page.families().keySet()).as("what a reason was given for is still so")
        .doesNotContainAnyElementsOf(MetricDifferences.NOT_MET.keySet());
    assertThat(page.text()).as("no ids").doesNotContain(cluster, going);
  }

  @Test
  void countsWhatHappens() {
    report("Health", "False");

    await().untilAsserted(() -> {
      var page = page();
      assertThat(
          page.value("hyperfleet_outbox_published_total", "event_type=\"cluster.changed.v1\"", "source=\"write\""))
          .isPositive();
      assertThat(
          page.value("hyperfleet_broker_messages_published_total", "topic=\"" + TOPIC + "\"", "component=\"outbox\""))
          .isPositive();
      assertThat(page.value("hyperfleet_broker_messages_consumed_total", "topic=\"" + TOPIC + "\"",
          "component=\"validation\""))
          .isPositive();
      assertThat(page.value("hyperfleet_sentinel_events_published_total", "reason=\"not_ready_max_age\"",
          "resource_type=\"clusters\"",
          "resource_selector=\"all\"")).isPositive();
      assertThat(page.value("hyperfleet_adapter_events_processed_total", "adapter_name=\"validation\"",
          "component=\"validation\"",
          "status=\"success\"")).isPositive();
      assertThat(page.value("hyperfleet_adapter_up", "component=\"validation\"")).isEqualTo(1);
      assertThat(page.value("hyperfleet_api_resource_pending_reconciliation_stuck", "resource_type=\"cluster\"",
          "is_delete=\"false\"")).isPositive();
      assertThat(page.value("hyperfleet_api_resource_adapter_unhealthy", "adapter_name=\"somebody-else\""))
          .isEqualTo(1);
      assertThat(page.value("hyperfleet_api_adapter_unanswered_seconds", "adapter_name=\"validation\""))
          .isNotNegative();
      assertThat(
          page.value("hyperfleet_api_reconciliation_started_total", "resource_type=\"Cluster\"", "is_delete=\"false\""))
          .isPositive();
      assertThat(
          page.value("hyperfleet_db_query_duration_seconds_count", "operation=\"create\"", "table=\"resources\""))
          .isPositive();
      assertThat(page.value("hyperfleet_db_connections_open")).isPositive();
    });
  }

  @Test
  void tellsOneTraceFromTheRequestToTheReport() {
    var path = "/api/hyperfleet/v1/clusters";
    var names = List.of("PUT " + path + "/{id}/statuses", "PUT", TOPIC + " receive", TOPIC + " publish",
        "POST " + path);
    var way = await().until(() -> way(names.get(0)), spans -> spans.stream().map(Span::getName).toList().equals(names));

    assertThat(way).extracting(Span::getKind).containsExactly(Span.SpanKind.SPAN_KIND_SERVER,
        Span.SpanKind.SPAN_KIND_CLIENT,
        Span.SpanKind.SPAN_KIND_CONSUMER, Span.SpanKind.SPAN_KIND_PRODUCER, Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(OtlpReceiver.id(way.get(way.size() - 1).getParentSpanId().toByteArray())).isEqualTo(CALLER);
  }

  /** From the first span of that name in the caller's trace up to the span that has no parent here. */
  private static List<Span> way(String name) {
    var way = new ArrayList<Span>();
    Optional<Span> span = collector.trace(TRACE).stream().filter(candidate -> candidate.getName().equals(name))
        .findFirst();
    while (span.isPresent()) {
      way.add(span.get());
      span = collector.parent(span.get());
    }
    return way;
  }

  @Test
  void writesLinesThatSayWhatTheyAreAbout() throws IOException {
    var line = await().until(() -> lines().filter(it -> it.path("adapter").asText().equals("validation")
        && it.path("trace_id").asText().equals(TRACE) && it.path("message").asText().contains("Applied=True"))
        .findFirst(),
        Optional::isPresent).orElseThrow();

    assertThat(line.path("timestamp").asText()).endsWith("Z");
    assertThat(line.path("level").asText()).isEqualTo("info");
    assertThat(line.path("component").asText()).isEqualTo("hyperfleet");
    assertThat(line.path("cluster_id").asText()).isEqualTo(cluster);
    assertThat(line.path("observed_generation").asText()).isEqualTo("1");
    assertThat(fleet.get("/events/" + line.path("event_id").asText()).status()).isEqualTo(200);
    assertThat(line.path("span_id").asText()).hasSize(16);
    assertThat(Set.of("version", "hostname", "logger", "thread"))
        .allSatisfy(field -> assertThat(line.has(field)).isTrue());
    assertThat(line.path("subscription").asText()).isEqualTo("validation-adapter-sub");
    assertThat(line.path("event_type").asText()).startsWith("cluster.");
    assertThat(line.has("@timestamp") || line.has("level_value") || line.has("k8s_kind")).isFalse();
  }

  @Test
  void saysWhatBecameOfEachObject() throws IOException {
    assertThat(lines()).anySatisfy(line -> {
      assertThat(line.path("message").asText()).startsWith("Created Job hyperfleet-adapters/");
      assertThat(line.path("k8s_kind").asText()).isEqualTo("Job");
      assertThat(line.path("k8s_namespace").asText()).isEqualTo("hyperfleet-adapters");
      assertThat(line.path("k8s_name").asText()).isNotEmpty();
      assertThat(line.path("k8s_result").asText()).isEqualTo("SUCCESS");
      assertThat(line.path("cluster_id").asText()).isEqualTo(cluster);
    });
    // Until it is seen: the Job of another test's cluster may be refused before this one's.
    fleet.localKubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden", Integer.MAX_VALUE);

    var refused = fleet.createCluster("refused");

    await().untilAsserted(() -> assertThat(lines()).anySatisfy(line -> {
      assertThat(line.path("cluster_id").asText()).isEqualTo(refused);
      assertThat(line.path("message").asText()).contains("Health=False");
      assertThat(line.path("k8s_result").asText()).isEqualTo("FAILED");
      assertThat(line.path("k8s_name").asText()).isNotEmpty();
      assertThat(line.path("failed_phases").asText()).isEqualTo("resources");
    }));
    fleet.localKubernetes().clearFailures();
  }

  @Test
  void writesNoSecretAndEncodesWhatComesFromOutside() throws IOException {
    publish("{\"id\": \"" + HOSTILE + "\", \"data\": {\"id\": \"" + cluster + "\", \"generation\": 1}}");
    fleet.delete("/clusters/" + fleet.createCluster("forced"));
    var forced = fleet.get("/clusters?search=name='forced'").body().at("/items/0/id").asText();
    fleet.post("/clusters/" + forced + "/force-delete",
        "{\"reason\":\"" + HOSTILE + " password=" + CANARY + " Authorization: Bearer " + CANARY + "\"}");

    var hostile = JSON.readTree("\"" + HOSTILE + "\"").asText();
    await().untilAsserted(
        () -> assertThat(lines()).anySatisfy(line -> assertThat(line.path("event_id").asText()).isEqualTo(hostile)));
    assertThat(lines())
        .anySatisfy(line -> assertThat(line.path("message").asText()).startsWith("force delete").contains("***"));
    var text = log();
    assertThat(text).doesNotContain(CANARY);
    assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\n')).as("control characters").isEmpty();
  }

  /** Each line is one JSON object: nothing from outside begins another. */
  private static Stream<JsonNode> lines() throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (String line : log().split("\n")) {
      lines.add(JSON.readTree(line));
    }
    return lines.stream();
  }

  /** Without a line that is just being written. */
  private static String log() throws IOException {
    var bytes = Files.readAllBytes(directory.resolve("hyperfleet.log"));
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static void report(String type, String status) {
    fleet.put("/clusters/" + cluster + "/statuses", """
        {"adapter":"somebody-else","observed_generation":1,"conditions":[{"type":"Applied","status":"True","reason":"A"},
        {"type":"Available","status":"False","reason":"A"},{"type":"%s","status":"%s","reason":"A"}]}""".formatted(type,
        status));
  }

  private static void publish(String event) {
    var channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext()
        .build();
    try {
      PublisherGrpc.newBlockingStub(channel)
          .publish(PublishRequest.newBuilder().setTopic("projects/hyperfleet/topics/" + TOPIC)
              .addMessages(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(event))).build());
    } finally {
      channel.shutdownNow();
    }
  }

  private static MetricsPage page() {
    return MetricsPage.read(fleet.managementPort());
  }

  /** What is specified, without what there is a reason for. */
  private static Map<String, MetricsPage.Family> wanted() throws IOException {
    return MetricDifferences.wanted();
  }
}
