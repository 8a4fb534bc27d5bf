package io.hyperfleet.adapter;

import static io.hyperfleet.adapter.ScriptedApi.cluster;
import static io.hyperfleet.adapter.ScriptedApi.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.UpstreamApi;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.pubsub.LocalPubSub;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HyperFleet API cannot be reached: the role adapters alone, against an API that a test scripts. */
@Tag("faults")
class ApiAwayIT {

  private static final String ERROR = "Applied=False AdapterError, Available=False AdapterError, Health=False AdapterError";
  private static final String SUBSCRIPTION = "projects/hyperfleet/subscriptions/runner-adapter-sub";

  private static ScriptedApi api;
  private static LocalFleet fleet;
  private static LocalPubSub pubSub;
  private static ManagedChannel channel;
  private static AtomicInteger elsewhere;
  private static ScriptedApi stranger;

  private final String id = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws IOException {
    api = new ScriptedApi();
    stranger = new ScriptedApi();
    elsewhere = new AtomicInteger();
    stranger.onGet(exchange -> elsewhere.incrementAndGet());
    stranger.onPut(exchange -> elsewhere.incrementAndGet());
    fleet = LocalFleet.start("hyperfleet.roles=adapters", "hyperfleet.api.base-url=" + api.url(),
        "hyperfleet.adapters.location=src/test/resources/adapters-under-test", "hyperfleet.adapters.enabled=runner",
        "hyperfleet.adapters.object-hint=false", "hyperfleet.kubernetes.retries=0",
        // One test waits for it; all others must not, however slow the machine is.
        "camel.component.http.response-timeout=6000", "camel.component.http.so-timeout=6000");
    pubSub = fleet.context().getBean(LocalPubSub.class);
    channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext().build();
    await().ignoreExceptions().until(() -> pubSub.unacknowledged(SUBSCRIPTION) == 0);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    fleet.close();
    api.close();
    stranger.close();
  }

  @AfterEach
  void heal() {
    fleet.localKubernetes().clearFailures();
    fleet.localKubernetes().resume();
    api.forget();
  }

  @Test
  void reportsAServerErrorOnceAndAcknowledges() {
    api.onGet(status(500, "{}"));
    api.onPut(status(201, "{}"));

    sendEvent(3);

    assertReportedOnce(3, "HyperFleet API unreachable: ");
  }

  @Test
  void reportsAConnectionThatIsCut() {
    api.onGet(exchange -> {});
    api.onPut(status(201, "{}"));

    sendEvent(1);

    assertReportedOnce(1, "HyperFleet API unreachable: ");
  }

  @Test
  void reportsAnAnswerThatTakesTooLong() {
    var released = new CountDownLatch(1);
    api.onGet(exchange -> block(released));
    api.onPut(status(201, "{}"));

    sendEvent(1);
    released.countDown();

    assertReportedOnce(1, "HyperFleet API unreachable: ");
  }

  @Test
  void doesNotFollowARedirect() {
    api.onGet(exchange -> {
      exchange.getResponseHeaders().add("Location", stranger.url() + "/api/hyperfleet/v1/clusters/" + id);
      exchange.sendResponseHeaders(302, -1);
    });
    api.onPut(status(201, "{}"));

    sendEvent(1);

    assertReportedOnce(1, "HyperFleet API unreachable: ");
    assertThat(elsewhere).hasValue(0);
  }

  /**
   * What the API answers is data too: none of its headers chooses where the next request goes, or goes along with it.
   */
  @Test
  void isNotSteeredByHeadersOfAnAnswer() {
    var answered = cluster(id, 1);
    api.onGet(exchange -> {
      steering().forEach(exchange.getResponseHeaders()::add);
      answered.answer(exchange);
    });
    var requests = new CopyOnWriteArrayList<String>();
    var sent = new ConcurrentHashMap<String, List<String>>();
    api.onPut(exchange -> {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      sent.putAll(exchange.getRequestHeaders());
      status(201, "{}").answer(exchange);
    });

    sendEvent(1);

    assertThat(requests).containsExactly("PUT /api/hyperfleet/v1/clusters/" + id + "/statuses");
    assertThat(sent.keySet())
        .allMatch(name -> Set.of("Host", "User-agent", "Accept-encoding", "Connection", "Content-type",
            "Transfer-encoding", "Content-length", "Traceparent").contains(name));
    assertThat(sent.values()).noneMatch(values -> values.contains("evil"));
    assertThat(elsewhere).hasValue(0);
  }

  private static Map<String, String> steering() {
    var values = new HashMap<String, String>();
    for (String name : List.of("CamelHttpUri", "CAmelHttpUri", "camelhttpuri", "CAMELHTTPURI")) {
      values.put(name, stranger.url());
    }
    for (String name : List.of("CamelHttpPath", "cAmElHttpPath", "CamelHttpMethod", "CamelHttpQuery",
        "CamelHttpRawQuery",
        "CamelBeanMethodName", "CAmelBeanMethodName", "CamelToEndpoint", "CamelFileName",
        "CamelKubernetesNamespaceName",
        "CamelSqlQuery", "CamelCharsetName", "Long-Running-Action", "Authorization", "Set-Cookie", "X-Evil", "event",
        "breadcrumbId", "variable.event")) {
      values.put(name, "evil");
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      "2026-01-31T12:00:00Z"                    | 2026-01-31T12:00:00Z
      "2026-01-31T13:00:01.000002+01:00"        | 2026-01-31T12:00:01.000002Z
      "2026-01-31T12:00:00Z\\r\\nHost: evil"    |
      "now"                                     |
      {"a": 1}                                  |
      null                                      |
      """)
  void tellsWhenTheEventWasWritten(String time, String told) {
    api.onGet(cluster(id, 1));
    api.onPut(status(201, "{}"));

    sendEvent("{\"time\": " + time + ", \"data\": {\"id\": \"" + id + "\"}}");

    assertThat(api.reports()).isNotEmpty();
    assertThat(api.eventTimes()).allMatch(each -> each.equals(told)).hasSize(told == null ? 0 : api.reports().size());
  }

  @Test
  void doesNotTakeABadAnswerForABadMessage() {
    var undecodable = processed("undecodable");
    api.onGet(status(200, "<html>Please log in</html>"));
    api.onPut(status(201, "{}"));

    sendEvent(1);

    assertReportedOnce(1, "HyperFleet API unreachable: ");
    assertThat(processed("undecodable")).isEqualTo(undecodable);
  }

  /** HyperFleet's public API knows no {@code include}, and keeps no last definitive answer. */
  @Test
  void asksForTheReportsWhereTheResourceComesWithoutThem() throws IOException {
    try (var upstream = new UpstreamApi()) {
      upstream.cluster(id, 2, "[]");
      api.onGet(upstream::answer);
      api.onPut(status(201, "{}"));

      sendEvent(2);

      await().until(() -> !api.reports().isEmpty());
      assertThat(upstream.requests()).containsExactly("GET /api/hyperfleet/v1/clusters/" + id + "?include=statuses",
          "GET /api/hyperfleet/v1/clusters/" + id + "/statuses?page=1&size=100");
      assertThat(conditions(api.reports().get(0))).startsWith("Applied=True JobLaunched");

      // What it said there of this generation stands, though its Job is gone.
      fleet.kubernetes().batch().v1().jobs().inAnyNamespace().withLabel("hyperfleet.io/cluster-id", id).delete();
      upstream.report(id, """
          {"adapter": "runner", "observed_generation": 2, "last_report_time": "2026-01-01T00:00:00Z", "data": {},
           "created_time": "2026-01-01T00:00:00Z", "conditions": [
             {"type": "Available", "status": "True", "last_transition_time": "2026-01-01T00:00:00Z"},
             {"type": "Applied", "status": "True", "last_transition_time": "2026-01-01T00:00:00Z"},
             {"type": "Health", "status": "True", "last_transition_time": "2026-01-01T00:00:00Z"}]}""");
      api.forget();
      sendEvent(2);

      await().until(() -> !api.reports().isEmpty());
      assertThat(conditions(api.reports().get(0))).contains("Available=True JobSucceeded");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "{\"items\": 5}", "<html>"})
  void reportsAListOfReportsThatIsNone(String answer) throws IOException {
    try (var upstream = new UpstreamApi()) {
      upstream.cluster(id, 2, "[]");
      api.onGet(exchange -> {
        if (exchange.getRequestURI().getPath().endsWith("/statuses")) {
          status(200, answer).answer(exchange);
        } else {
          upstream.answer(exchange);
        }
      });
      api.onPut(status(201, "{}"));

      sendEvent(2);

      assertReportedOnce(2, "HyperFleet API unreachable: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "\"id\"", "{\"id\": 5, \"generation\": 2}",
      "{\"id\": \"x\", \"generation\": \"2\"}", ""})
  void reportsAnAnswerThatIsNoCluster(String answer) {
    api.onGet(status(200, answer));
    api.onPut(status(201, "{}"));

    sendEvent(2);

    assertReportedOnce(2, "HyperFleet API unreachable: ");
  }

  @Test
  void reportsNothingAboutAClusterThatIsGone() {
    var skipped = processed("skipped");
    api.onGet(status(404, "{}"));
    api.onPut(status(201, "{}"));

    sendEvent(1);

    assertThat(api.reports()).isEmpty();
    assertThat(processed("skipped")).isEqualTo(skipped + 1);
  }

  @Test
  void reportsNothingWhenTheEventTellsNoGeneration() {
    api.onGet(status(500, "{}"));
    api.onPut(status(201, "{}"));

    sendEvent(0);

    assertThat(api.reports()).isEmpty();
  }

  @Test
  void findsTheJobWhoseReportWasLost() {
    api.onGet(cluster(id, 1));
    api.onPut(status(500, "{}"));
    sendEvent(1);
    fleet.localKubernetes().clearRequests();
    api.forget();
    api.onPut(status(201, "{}"));

    sendEvent(1);

    assertThat(fleet.localKubernetes().requests()).noneMatch(Call.of("create", "jobs"));
    assertThat(api.reports()).hasSize(1);
    assertThat(conditions(api.reports().get(0))).startsWith("Applied=True JobLaunched");
    assertThat(api.reports().get(0).at("/metadata/job_name").asText()).isEqualTo("runner-" + id + "-gen1");
  }

  @Test
  void saysSoWhenTheApiRefusesWhatItReports() {
    api.onGet(cluster(id, 1));
    api.onPut(status(413, "{}"));

    sendEvent(1);

    assertThat(api.reports()).hasSize(2);
    assertThat(conditions(api.reports().get(1))).isEqualTo(ERROR);
    assertThat(api.reports().get(1).at("/conditions/0/message").asText())
        .startsWith("The API rejected the adapter's report: ");
  }

  @Test
  void saysWhatTheApiFindsWrongWithAReport() {
    api.onGet(cluster(id, 1));
    api.onPut(status(400,
        """
        {"title": "Malformed Request", "status": 400, "detail": "Request body has a number that is too long at 'data.a'",
         "errors": [{"field": "data.a", "message": "data.a has up to 100 digits"}, {"field": "x", "message": "too long at 'data.a'"}]}"""));

    sendEvent(1);

    assertThat(api.reports().get(1).at("/conditions/0/message").asText())
        .isEqualTo("The API rejected the adapter's report: 400 Malformed Request: Request body has a number that is "
            + "too long at 'data.a'; data.a has up to 100 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1e20", "18446744073709551616", "1.5", "-1e400"})
  void takesAnAnswerWithAGenerationBeyondTheContractForNoCluster(String generation) {
    api.onGet(status(200, "{\"id\": \"" + id + "\", \"generation\": " + generation + "}"));
    api.onPut(status(201, "{}"));

    sendEvent(2);

    assertReportedOnce(2, "HyperFleet API unreachable: response is not a resource");
  }

  @Test
  void acknowledgesWhenEverythingIsAwayAtOnce() {
    var failed = processed("failed");
    fleet.localKubernetes().pause();
    api.onGet(exchange -> {});
    api.onPut(exchange -> {});
    sendEvent(1);
    api.onGet(cluster(id, 1));
    sendEvent(1);

    assertThat(processed("failed")).isEqualTo(failed + 2);

    fleet.localKubernetes().resume();
    api.onPut(status(201, "{}"));
    api.forget();
    sendEvent(1);
    assertThat(conditions(api.reports().get(0))).startsWith("Applied=True JobLaunched");
  }

  private void sendEvent(int generation) {
    sendEvent("{\"data\": {\"id\": \"" + id + "\", \"generation\": " + generation + "}}");
  }

  private static void sendEvent(String event) {
    var deliveries = pubSub.deliveries(SUBSCRIPTION);
    PublisherGrpc.newBlockingStub(channel).publish(PublishRequest.newBuilder()
        .setTopic("projects/hyperfleet/topics/hyperfleet.clusters.changed.v1")
        .addMessages(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(event)))
        .build());
    await().until(() -> pubSub.unacknowledged(SUBSCRIPTION) == 0);
    assertThat(pubSub.deliveries(SUBSCRIPTION)).as("delivered once").isEqualTo(deliveries + 1);
  }

  private static void assertReportedOnce(int generation, String message) {
    assertThat(api.reports()).hasSize(1);
    var report = api.reports().get(0);
    assertThat(conditions(report)).isEqualTo(ERROR);
    assertThat(report.path("observed_generation").asInt()).isEqualTo(generation);
    assertThat(report.path("adapter").asText()).isEqualTo("runner");
    assertThat(report.at("/conditions/2/message").asText()).startsWith(message);
  }

  private static String conditions(JsonNode report) {
    return StreamSupport.stream(report.path("conditions").spliterator(), false)
        .map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText() + " "
            + condition.path("reason").asText())
        .collect(Collectors.joining(", "));
  }

  private static double processed(String status) {
    var counter = fleet.context().getBean(MeterRegistry.class).find("hyperfleet.adapter.events.processed")
        .tag("status", status).counter();
    return counter == null ? 0 : counter.count();
  }

  private static void block(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
