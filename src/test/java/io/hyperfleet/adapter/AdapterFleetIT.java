package io.hyperfleet.adapter;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.springframework.util.FileSystemUtils;

/**
 * The whole path in one process that all these tests share, with the adapters of {@code adapters-under-test}. Nothing
 * sends an event but a write of a cluster and the test itself; {@link #settle} returns when every adapter has
 * acknowledged.
 */
abstract class AdapterFleetIT {

  static final List<String> CLUSTER_ADAPTERS = List.of("runner", "waiter", "keeper", "binder", "texts", "objects",
      "finisher", "roller", "offender", "guest", "returner");
  static final List<String> ADAPTERS = Stream.concat(CLUSTER_ADAPTERS.stream(), Stream.of("pooler")).toList();
  /** A copy, so that a test can change the folder of {@code guest}. */
  static final Path FOLDERS = copyOfFolders();
  static final LocalFleet FLEET = LocalFleet.start(
      "hyperfleet.adapters.location=" + FOLDERS,
      "hyperfleet.adapters.enabled=" + String.join(",", ADAPTERS),
      "hyperfleet.adapters.reload-interval=100ms",
      "hyperfleet.kinds.clusters.required-adapters=runner,waiter,keeper,binder",
      "hyperfleet.kinds.nodepools.required-adapters=pooler",
      "hyperfleet.events.progress=false",
      "hyperfleet.adapters.object-hint=false",
      "hyperfleet.schedule.backoff.first=1h",
      "hyperfleet.schedule.backoff.initial=1h",
      "hyperfleet.schedule.backoff.max=1h",
      "hyperfleet.broker.dead-letter-topic=hyperfleet.dead-letters",
      "hyperfleet.kubernetes.retries=0",
      "hyperfleet.kubernetes.circuit-breaker.window=60s",
      "hyperfleet.kubernetes.circuit-breaker.minimum-calls=60",
      "hyperfleet.kubernetes.circuit-breaker.open=100ms");
  static final String TOPIC = "hyperfleet.clusters.changed.v1";
  static final ManagedChannel CHANNEL = ManagedChannelBuilder
      .forTarget(FLEET.property("hyperfleet.broker.emulator-host"))
      .usePlaintext().maxInboundMessageSize(20_000_000).build();
  static final PublisherGrpc.PublisherBlockingStub PUBLISHER = PublisherGrpc.newBlockingStub(CHANNEL);
  static final CircuitBreaker CIRCUIT = FLEET.context().getBean(CircuitBreaker.class);
  static final LocalPubSub PUB_SUB = FLEET.context().getBean(LocalPubSub.class);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(FLEET::close));
    await().pollInSameThread().atMost(Duration.ofMinutes(2)).until(() -> FLEET.management("/readyz").status() == 200);
  }

  private static Path copyOfFolders() {
    try {
      var copy = Files.createDirectories(Path.of("target", "adapters-under-test-" + UUID.randomUUID()));
      FileSystemUtils.copyRecursively(Path.of("src/test/resources/adapters-under-test"), copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void heal() {
    kubernetes().clearFailures();
    kubernetes().resume();
    CIRCUIT.reset();
  }

  static LocalKubernetes kubernetes() {
    return FLEET.localKubernetes();
  }

  /** Creates a cluster with a spec and waits until each adapter has handled its event. */
  static String create(String spec) {
    var name = "c-" + UUID.randomUUID().toString().substring(0, 18);
    var answer = FLEET.post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"" + name + "\",\"spec\":" + spec + "}");
    if (answer.status() != 201) {
      throw new IllegalStateException("not created: " + answer);
    }
    var id = answer.body().get("id").asText();
    settle(id);
    return id;
  }

  static void changeSpec(String id, String spec) {
    var answer = FLEET.patch("/clusters/" + id, "{\"spec\":" + spec + "}");
    if (answer.status() != 200) {
      throw new IllegalStateException("not changed: " + answer);
    }
    settle(id);
  }

  /** Sends an event about a cluster and waits until each adapter has handled it. */
  static void sendEvent(String id) {
    var answer = FLEET.post("/events",
        "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + id + "\",\"reason\":\"test\"}");
    if (answer.status() != 202) {
      throw new IllegalStateException("not accepted: " + answer);
    }
    settle(id);
  }

  /** Waits until all events about a cluster are published, and every message of every adapter is acknowledged. */
  static void settle(String id) {
    await().pollInterval(Duration.ofMillis(20))
        .until(() -> FLEET.get("/events?published=false&aggregate_id=" + id).body().get("items").isEmpty());
    awaitAcknowledged();
  }

  /** What was on its way to a route that has stopped comes back when its deadline of a minute is over. */
  static void awaitAcknowledged() {
    await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(20))
        .until(() -> ADAPTERS.stream().mapToLong(adapter -> PUB_SUB.unacknowledged(subscription(adapter))).sum() == 0);
  }

  static String subscription(String adapter) {
    return "projects/hyperfleet/subscriptions/" + adapter + "-adapter-sub";
  }

  static long deliveries(String adapter) {
    return PUB_SUB.deliveries(subscription(adapter));
  }

  /** An adapter's report as routes write conditions: {@code Applied=True JobLaunched, ...}. */
  static String conditions(String id, String adapter) {
    return StreamSupport.stream(FLEET.report(id, adapter).path("conditions").spliterator(), false)
        .map(condition -> text(condition, "type") + "=" + text(condition, "status") + " " + text(condition, "reason"))
        .collect(Collectors.joining(", "));
  }

  static String message(String id, String adapter, String type) {
    return StreamSupport.stream(FLEET.report(id, adapter).path("conditions").spliterator(), false)
        .filter(condition -> text(condition, "type").equals(type))
        .map(condition -> text(condition, "message")).findFirst().orElse("");
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  static Job job(String name) {
    return jobResource(name).get();
  }

  static List<String> jobsOf(String id, String adapter) {
    return FLEET.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE)
        .withLabel(OwnerLabels.CLUSTER_ID, id).withLabel(OwnerLabels.MANAGED_BY, adapter).list().getItems().stream()
        .map(job -> job.getMetadata().getName()).sorted().toList();
  }

  /** Waits until a Job has succeeded or failed. */
  static void awaitEnd(String name) {
    await().until(
        () -> job(name).getStatus().getConditions().stream().anyMatch(condition -> condition.getStatus().equals("True")
            && List.of("Complete", "Failed").contains(condition.getType())));
  }

  static Resource<GenericKubernetesResource> record(String id) {
    return FLEET.kubernetes().genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord")
        .inNamespace(LocalKubernetes.NAMESPACE).withName(id);
  }

  static Resource<Job> jobResource(String name) {
    return FLEET.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withName(name);
  }

  /** Sends events until every required adapter is available. */
  static void makeReady(String id) {
    await().until(() -> {
      sendEvent(id);
      return FLEET.phase(id).equals("Ready");
    });
  }

  /** Publishes as any sender could, past the outbox. */
  static void publish(String topic, PubsubMessage... messages) {
    PUBLISHER.publish(PublishRequest.newBuilder().setTopic("projects/hyperfleet/topics/" + topic)
        .addAllMessages(List.of(messages)).build());
  }

  static PubsubMessage message(String body) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(body)).build();
  }

  static void deleteJob(String name) {
    jobResource(name).delete();
    await().until(() -> job(name) == null);
  }
}
