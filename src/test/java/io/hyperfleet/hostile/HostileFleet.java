package io.hyperfleet.hostile;

import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A fleet in this process between witnesses: every request to Kubernetes and to its own API is seen as it was sent,
 * clusters that are like everybody's are made all the time, and canaries wait for whoever obeys a text.
 */
final class HostileFleet implements AutoCloseable {

  /** Adapters that nothing is wrong with; the last three fill in what users write. */
  static final List<String> ADAPTERS = List.of("validation", "dns", "placement", "hyperfleet", "steady", "echo-job",
      "echo-object", "echo-finder");
  static final String CLUSTERS = "hyperfleet.clusters.changed.v1";
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("hostile.patience", 60));

  private static final Path FOLDERS = Path.of("src/test/resources/hostile/adapters");

  final Path location;
  final LocalFleet fleet;
  final LocalKubernetes kubernetes;
  final Canaries canaries = new Canaries();
  private final RequestTap kubernetesTap;
  private final RequestTap apiTap;
  private final ManagedChannel channel;
  private final NormalClusters normal;
  private final LogWatch log = new LogWatch();
  private final Set<String> harm = ConcurrentHashMap.newKeySet();
  private final AtomicInteger probes = new AtomicInteger();
  private final long heap;

  HostileFleet() throws IOException {
    location = Files.createDirectories(Path.of("target", "hostile", UUID.randomUUID().toString(), "adapters"))
        .toAbsolutePath();
    copy(FOLDERS, location);
    System.setProperty(Canaries.PROPERTY, Canaries.SECRET);
    int apiPort = LocalFleet.freePort();
    kubernetes = LocalKubernetes.start(LocalKubernetes.Settings.instant());
    kubernetesTap = new RequestTap(kubernetes.port(), this::toKubernetes);
    apiTap = new RequestTap(apiPort, request -> RequestRules.ofApi(request).ifPresent(harm::add));
    var kubeconfig = location.resolveSibling("kubeconfig");
    kubernetes.writeKubeconfig(kubeconfig);
    Files.writeString(kubeconfig,
        Files.readString(kubeconfig).replace(":" + kubernetes.port(), ":" + kubernetesTap.port()));
    fleet = LocalFleet.start("server.port=" + apiPort,
        "hyperfleet.api.base-url=http://127.0.0.1:" + apiTap.port(),
        "hyperfleet.kubernetes.kubeconfig=" + kubeconfig,
        "hyperfleet.adapters.location=" + location,
        "hyperfleet.adapters.reload-interval=100ms",
        "hyperfleet.kinds.clusters.required-adapters=validation,dns,placement,hyperfleet,steady",
        "hyperfleet.broker.dead-letter-topic=hyperfleet.dead-letters",
        Canaries.PROPERTY + "=" + Canaries.SECRET);
    fleet.context().getBeanFactory().registerSingleton(Canaries.BEAN, new CanaryBean());
    await().atMost(Duration.ofMinutes(2)).until(() -> fleet.management("/readyz").status() == 200);
    channel = ManagedChannelBuilder.forTarget(fleet.property("hyperfleet.broker.emulator-host")).usePlaintext()
        .maxInboundMessageSize(20_000_000).build();
    probe();
    heap = usedHeap();
    normal = new NormalClusters(fleet);
  }

  private void toKubernetes(RequestTap.Request request) {
    RequestRules.ofKubernetes(request).ifPresent(harm::add);
    ObjectRules.violations(request).forEach(what -> harm.add("an object outside the policy was sent, "
        + request.method() + " " + request.path().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID") + ": " + what));
    if (request.text().contains(Canaries.SECRET) || request.target().contains(Canaries.SECRET)) {
      harm.add("the secret property was sent to Kubernetes: " + request.method() + " " + request.path());
    }
  }

  /** A new cluster, about which every adapter reports and which gets Ready. */
  String probe() {
    var id = fleet
        .createCluster("probe-" + probes.incrementAndGet() + "-" + UUID.randomUUID().toString().substring(0, 6));
    await("the adapters report about a new cluster, and it is Ready").atMost(PATIENCE)
        .until(() -> fleet.phase(id).equals("Ready") && reports(id).keySet().containsAll(ADAPTERS));
    return id;
  }

  /** The reports about a cluster by adapter. */
  Map<String, JsonNode> reports(String id) {
    var reports = new TreeMap<String, JsonNode>();
    fleet.get("/clusters/" + id + "/statuses?size=100").body().path("items")
        .forEach(item -> reports.put(item.path("adapter").asText(), item));
    return reports;
  }

  /** Publishes as any sender could, past the outbox; tells whether Pub/Sub takes such a message. */
  boolean publish(String topic, PubsubMessage message) {
    try {
      PublisherGrpc.newBlockingStub(channel).publish(
          PublishRequest.newBuilder().setTopic("projects/hyperfleet/topics/" + topic).addMessages(message).build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        return false;
      }
      throw e;
    }
  }

  /** Messages that the adapters which nothing is wrong with have not acknowledged. */
  long unacknowledged() {
    var pubSub = fleet.context().getBean(LocalPubSub.class);
    return ADAPTERS.stream()
        .mapToLong(adapter -> pubSub.unacknowledged("projects/hyperfleet/subscriptions/" + adapter + "-adapter-sub"))
        .sum();
  }

  /** Waits until the adapters have handled everything; tells whether they have. */
  boolean drains() {
    try {
      await().atMost(PATIENCE)
          .until(() -> fleet.get("/events?published=false").body().path("items").isEmpty() && unacknowledged() == 0);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  /**
   * Whether a cluster that hostile input was about can still be read, is handled by every adapter, and goes when it is
   * deleted.
   */
  void goesOn(String id, Findings findings) {
    var before = reports(id);
    fleet.post("/events", "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + id + "\",\"reason\":\"test\"}");
    try {
      await().atMost(PATIENCE).until(() -> {
        var now = reports(id);
        return ADAPTERS.stream().allMatch(adapter -> now.containsKey(adapter)
            && time(now.get(adapter)).compareTo(time(before.get(adapter))) > 0);
      });
    } catch (ConditionTimeoutException e) {
      findings.harm(List.of("an adapter no longer reports about the cluster that it was about"));
    }
    reports(id).forEach((adapter, report) -> {
      if (Blame.ofPlatform(report)) {
        findings.harm(List.of(adapter + " blames the platform: " + Blame.conditions(report)));
      }
    });
    fleet.delete("/clusters/" + id);
    try {
      await().atMost(PATIENCE).until(() -> fleet.phase(id).equals("gone"));
    } catch (ConditionTimeoutException e) {
      findings.harm(List.of("the cluster that it was about is deleted, and does not go"));
    }
  }

  private static String time(JsonNode report) {
    return report == null ? "" : report.path("last_report_time").asText();
  }

  /** What has come of everything that was tried since the last call. */
  void judge(Findings findings) {
    normal.pause();
    if (!drains()) {
      findings.harm(List.of(unacknowledged() + " messages of normal adapters are not acknowledged after " + PATIENCE));
    }
    try {
      probe();
    } catch (ConditionTimeoutException e) {
      findings.harm(List.of("a new cluster is not Ready, or an adapter does not report: " + stuck()));
    }
    findings.harm(normal.harm());
    findings.harm(Canaries.harm());
    findings.harm(harm);
    harm.clear();
    findings.harm(log.harm());
    findings.harm(stored());
    if (fleet.management("/readyz").status() != 200) {
      findings.harm(List.of("/readyz answers " + fleet.management("/readyz").body()));
    }
    findings.harm(new Scrape(fleet.managementPort()).harm());
    long grown = (usedHeap() - heap) >> 20;
    if (grown > 200) {
      findings.harm(List.of("the heap has grown by more than 200 MB"));
    }
    normal.resume();
    System.out.printf(
        "MEASURED hostile: %d normal clusters, slowest Ready after %d ms; heap %+d MB; %d requests to Kubernetes, %d to the API%n",
        normal.count(), normal.slowest().toMillis(), grown, kubernetesTap.requests(), apiTap.requests());
  }

  /** Which adapters have work that does not end, as threads show it. */
  private String stuck() {
    return Thread.getAllStackTraces().entrySet().stream().filter(entry -> Arrays.stream(entry.getValue())
        .anyMatch(frame -> frame.getClassName().startsWith("io.hyperfleet.adapter")
            || frame.getClassName().startsWith("io.hyperfleet.cel")))
        .map(entry -> entry.getKey().getName() + " at " + entry.getValue()[0]).sorted().limit(20).toList().toString();
  }

  /** The secret property wherever text is kept. */
  private List<String> stored() {
    var database = fleet.context().getBean(org.springframework.jdbc.core.simple.JdbcClient.class);
    return java.util.stream.Stream
        .of("resources", "resource_labels", "resource_conditions", "adapter_statuses", "outbox")
        .filter(
            table -> database.sql("select count(*) from " + table + " t where t::text like '%" + Canaries.SECRET + "%'")
                .query(Long.class).single() > 0)
        .map(table -> "the secret property is in the table " + table).toList();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void copy(Path from, Path to) throws IOException {
    org.springframework.util.FileSystemUtils.copyRecursively(from, to);
  }

  @Override
  public void close() throws IOException {
    normal.close();
    log.close();
    channel.shutdownNow();
    fleet.close();
    kubernetesTap.close();
    apiTap.close();
    kubernetes.close();
    canaries.close();
  }
}
