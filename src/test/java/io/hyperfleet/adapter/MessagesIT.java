package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What senders may put into a topic: CloudEvents of every mode are handled, anything else is acknowledged and copied.
 */
@Tag("faults")
class MessagesIT extends AdapterFleetIT {

  private static final String DEAD_LETTERS = "projects/hyperfleet/topics/hyperfleet.dead-letters";
  private static final String COPIES = "projects/hyperfleet/subscriptions/dead-letters-test";

  private static String cluster;

  @BeforeAll
  static void subscribe() {
    SubscriberGrpc.newBlockingStub(CHANNEL).createSubscription(
        Subscription.newBuilder().setName(COPIES).setTopic(DEAD_LETTERS).setAckDeadlineSeconds(60).build());
    cluster = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
  }

  static Stream<Arguments> undecodable() {
    return Stream.of(
        arguments("no JSON", "hello"),
        arguments("half of JSON", "{\"data\": {\"id\": "),
        arguments("null", "null"),
        arguments("a list", "[{\"data\": {\"id\": \"x\"}}]"),
        arguments("a number", "42"),
        arguments("no data", "{\"specversion\": \"1.0\", \"id\": \"e\"}"),
        arguments("data that is text", "{\"data\": \"{}\"}"),
        arguments("base64 that is none", "{\"data_base64\": \"{}\"}"),
        arguments("base64 of no JSON", "{\"data_base64\": \"" + base64("hello") + "\"}"),
        arguments("base64 of a list", "{\"data_base64\": \"" + base64("[]") + "\"}"),
        arguments("base64 of base64", "{\"data_base64\": \"" + base64(base64("{\"id\": \"x\"}")) + "\"}"),
        arguments("base64 of half of JSON", "{\"data_base64\": \"" + base64("{\"id\": \"x") + "\"}"),
        arguments("base64 of an id with a slash", "{\"data_base64\": \"" + base64("{\"id\": \"a/b\"}") + "\"}"),
        arguments("base64 beside data", "{\"data\": 1, \"data_base64\": \"" + base64("{\"id\": \"x\"}") + "\"}"),
        arguments("data without id", "{\"data\": {\"kind\": \"Cluster\"}}"),
        arguments("id that is no text", "{\"data\": {\"id\": {\"id\": 1}}}"),
        arguments("empty id", id("")),
        arguments("id with a slash", id("a/b")),
        arguments("id that leads up", id("../../nodepools/x")),
        arguments("id of dots", id("..")),
        arguments("escaped id", id("%2e%2e%2fevents")),
        arguments("id with a query", id("a?x=1")),
        arguments("id with a fragment", id("a#b")),
        arguments("id with a space", id("a b")),
        arguments("id with a line break", id("a\\nHost: evil")),
        arguments("id with a placeholder", id("{{env:HOME}}")),
        arguments("id with an expression", id("${bean:camelContext}")),
        arguments("id in other letters", id("кластер")),
        arguments("long id", id("a".repeat(64))),
        arguments("very long id", id("a".repeat(500_000))),
        arguments("deep nesting", "{\"data\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
        arguments("a long number", "{\"data\": {\"id\": \"x\", \"generation\": " + "9".repeat(20_000) + "}}"),
        arguments("9 MB", "{\"data\": {\"x\": \"" + "a".repeat(9_000_000) + "\"}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("undecodable")
  void acknowledgesCountsAndCopiesWhatIsNoEvent(String name, String body) {
    assertUndecodable(ByteString.copyFromUtf8(body), Map.of());
  }

  @Test
  void acknowledgesBytesThatAreNoText() {
    assertUndecodable(ByteString.copyFrom(new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80}), Map.of());
    assertUndecodable(ByteString.copyFrom(new byte[]{0, 0, 0, (byte) 0x80, 1, 2, 3, 4}), Map.of());
    assertUndecodable(ByteString.copyFromUtf8("{\"data\": {\"id\": \"a")
        .concat(ByteString.copyFrom(new byte[]{(byte) 0xc3, 0x28})).concat(ByteString.copyFromUtf8("\"}}")), Map.of());
  }

  @Test
  void acknowledgesAMessageOfNothingButAttributes() {
    var attributes = IntStream.range(0, 90).boxed()
        .collect(Collectors.toMap(number -> "attribute-" + number, number -> "v".repeat(1_000)));

    assertUndecodable(ByteString.copyFromUtf8("{}"), attributes);
    assertUndecodable(ByteString.copyFromUtf8("no JSON"), steering());
  }

  @Test
  void isNotSteeredByAttributes() {
    var body = "{\"specversion\": \"1.0\", \"data\": {\"id\": \"" + cluster + "\", \"generation\": 1}}";
    var calls = kubernetes();
    calls.clearRequests();

    assertHandled(message(body).toBuilder().putAllAttributes(steering()).build());

    assertThat(calls.requests()).noneMatch(call -> call.namespace().equals("default") || call.verb().equals("delete")
        || call.name().contains("evil"));
    assertThat(conditions(cluster, "runner")).startsWith("Applied=True JobLaunched");
  }

  static Stream<Arguments> events() {
    return Stream.of(
        arguments("structured", "{\"specversion\":\"1.0\",\"type\":\"x.y.z\",\"id\":\"e\",\"data\":{\"id\":\"%s\"}}",
            Map.of()),
        arguments("structured with its content type", "{\"specversion\":\"1.0\",\"data\":{\"clusterId\":\"%s\"}}",
            Map.of("content-type", "application/cloudevents+json", "ce-specversion", "1.0")),
        arguments("no envelope but data", "{\"data\":{\"resourceId\":\"%s\"}}", Map.of()),
        arguments("binary", "{\"id\":\"%s\",\"generation\":1}",
            Map.of("ce-specversion", "1.0", "ce-id", "e", "ce-source",
                "/x", "ce-type", "cluster.changed.v1", "content-type", "application/json")),
        arguments("binary of any type", "{\"clusterId\":\"%s\"}",
            Map.of("ce-specversion", "1.0", "ce-type", "any.thing")),
        arguments("binary with quotes", "{\"resourceId\":\"%s\"}", Map.of("ce-specversion", "1.0", "ce-type",
            "a\", \"data\": {\"id\": \"other\"}, \"b\": \"", "ce-subject", "say \"hello\" \\ {{env:HOME}} ${body}\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"%s\",\"generation\":1}", " {\"clusterId\": \"%s\", \"more\": \"\u00e9\u2028\"}\n"})
  void handlesCloudEventsWhoseDataIsBase64(String data) {
    for (var envelope : List.of(
        "{\"specversion\":\"1.0\",\"id\":\"e\",\"type\":\"t\",\"datacontenttype\":\"application/json\",\"data_base64\":\"%s\"}",
        "{\"data\":null,\"data_base64\":\"%s\"}")) {
      assertHandled(message(envelope.formatted(base64(data.formatted(cluster)))));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void handlesCloudEventsOfEveryMode(String name, String body, Map<String, String> attributes) {
    assertHandled(message(body.formatted(cluster)).toBuilder().putAllAttributes(attributes).build());
  }

  /** Every adapter acknowledges it, counts it, copies its bytes and nothing else; then the next message is handled. */
  private static void assertUndecodable(ByteString body, Map<String, String> attributes) {
    var counted = undecodableSoFar();
    var deliveries = deliveries("runner");

    publish(TOPIC, PubsubMessage.newBuilder().setData(body).putAllAttributes(attributes).build());
    awaitAcknowledged();

    assertThat(deliveries("runner")).isEqualTo(deliveries + 1);
    assertThat(undecodableSoFar()).isEqualTo(counted + 1);
    assertThat(copies(CLUSTER_ADAPTERS.size())).allSatisfy(copy -> {
      assertThat(copy.getData().equals(body)).as("the same bytes").isTrue();
      assertThat(copy.getAttributesMap()).isEmpty();
    });
    assertHandled(message("{\"data\": {\"id\": \"" + cluster + "\", \"generation\": 1}}"));
  }

  private static void assertHandled(PubsubMessage message) {
    var before = FLEET.report(cluster, "runner").path("last_report_time").asText();
    publish(TOPIC, message);
    awaitAcknowledged();
    assertThat(FLEET.report(cluster, "runner").path("last_report_time").asText()).isGreaterThan(before);
  }

  private static List<PubsubMessage> copies(int count) {
    var received = new ArrayList<ReceivedMessage>();
    var subscriber = SubscriberGrpc.newBlockingStub(CHANNEL);
    await().until(() -> {
      received.addAll(subscriber.pull(PullRequest.newBuilder().setSubscription(COPIES).setMaxMessages(count).build())
          .getReceivedMessagesList());
      return received.size() >= count;
    });
    subscriber.acknowledge(AcknowledgeRequest.newBuilder().setSubscription(COPIES)
        .addAllAckIds(received.stream().map(ReceivedMessage::getAckId).toList()).build());
    return received.stream().map(ReceivedMessage::getMessage).toList();
  }

  private static double undecodableSoFar() {
    var counter = FLEET.context().getBean(MeterRegistry.class).find("hyperfleet.adapter.events.processed")
        .tag("adapter_name", "runner").tag("status", "undecodable").counter();
    return counter == null ? 0 : counter.count();
  }

  private static Map<String, String> steering() {
    var names = Stream.of("CamelHttpUri", "CamelHttpPath", "CamelHttpMethod", "CamelHttpQuery", "CamelHttpRawQuery",
        "CAMELHTTPURI", "cAmElHttpUri", "CAmelBeanMethodName", "CamelBeanMethodName", "CamelBeanParameterTypes",
        "Long-Running-Action", "CamelExecCommandExecutable", "CamelFileName", "CamelKubernetesJobName",
        "CamelKubernetesNamespaceName", "CamelKubernetesOperation", "CamelGooglePubsubMsgAckId", "CamelGooglePubsub",
        "CamelGooglePubsubAttributes", "CamelGooglePubsubOrderingKey", "CamelSqlQuery", "CamelToEndpoint",
        "CamelInterceptedEndpoint", "CamelCharsetName", "Content-Type", "Content-Encoding", "Authorization", "Host",
        "Transfer-Encoding", "breadcrumbId", "event", "adapterName", "received", "variable.event");
    return names.collect(Collectors.toMap(name -> name, name -> name.endsWith("NamespaceName") ? "default" : "evil"));
  }

  private static String id(String id) {
    return "{\"specversion\": \"1.0\", \"id\": \"" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
        + "\", \"data\": {\"id\": \"" + id + "\", \"generation\": 1}}";
  }
}
