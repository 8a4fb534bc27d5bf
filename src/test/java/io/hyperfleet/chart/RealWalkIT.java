package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Clusters come and go on a real Kubernetes, with the custom resource that the chart ships and by the Roles that it
 * renders. Nobody fulfils a DnsRecord there, and where there are no nodes nobody runs a pod: {@link Kubelet} does both.
 */
@Tag("kubernetes")
class RealWalkIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> PERMISSIONS = Set.of("ServiceAccount", "Role", "RoleBinding");

  /** Of Jobs and of DnsRecords, one for each adapter at most. */
  private static final int WATCHES = 5;

  @TempDir
  static Path folder;

  private static KubernetesClient admin;
  private static Kubelet kubelet;
  private static LocalFleet fleet;
  /** Before an API server of this machine, to cut it off; null before others. */
  private static FaultProxy proxy;

  @BeforeAll
  static void start() throws IOException {
    var config = RealKubernetes.config();
    Chart.assumeHelm();
    admin = KubernetesClients.of(config).build();
    for (String namespace : List.of(LocalKubernetes.NAMESPACE, Chart.NAMESPACE)) {
      admin.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    admin.load(Files.newInputStream(Chart.FOLDER.resolve("crds/dnsrecords.yaml"))).serverSideApply();
    var objects = Chart.render("minimal");
    objects.stream().filter(object -> PERMISSIONS.contains(Chart.kind(object))).forEach(RealWalkIT::apply);
    kubelet = new Kubelet(admin);
    fleet = LocalFleet.start("hyperfleet.kubernetes.kubeconfig=" + kubeconfig(config, objects));
    await().atMost(PATIENCE).until(() -> fleet.management("/readyz").status() == 200);
  }

  private static void apply(JsonNode object) {
    HasMetadata resource = Serialization.unmarshal(object.toString());
    var namespace = resource.getMetadata().getNamespace() == null
        ? Chart.NAMESPACE
        : resource.getMetadata().getNamespace();
    admin.resource(resource).inNamespace(namespace).forceConflicts().serverSideApply();
  }

  /** What a pod of the adapters has: the token of their service account. */
  private static Path kubeconfig(Config config, List<JsonNode> objects) throws IOException {
    var account = Chart.find(objects, "Deployment", Chart.RELEASE + "-hyperfleet-adapters")
        .at("/spec/template/spec/serviceAccountName").asText();
    var token = admin.serviceAccounts().inNamespace(Chart.NAMESPACE).withName(account).tokenRequest(new TokenRequest())
        .getStatus().getToken();
    var ca = config.getCaCertData() != null
        ? config.getCaCertData()
        : config.getCaCertFile() == null
            ? null
            : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
    var server = URI.create(config.getMasterUrl());
    if (ca == null && List.of("127.0.0.1", "localhost").contains(server.getHost())) {
      proxy = new FaultProxy(server.getPort());
    }
    var cluster = ca == null
        ? Map.of("server", proxy == null ? config.getMasterUrl() : server.getScheme() + "://127.0.0.1:" + proxy.port(),
            "insecure-skip-tls-verify", true)
        : Map.of("server", config.getMasterUrl(), "certificate-authority-data", ca);
    return Files.writeString(folder.resolve("kubeconfig"),
        Serialization.asYaml(Map.of("apiVersion", "v1", "kind", "Config",
            "clusters", List.of(Map.of("name", "real", "cluster", cluster)),
            "users", List.of(Map.of("name", "adapters", "user", Map.of("token", token))),
            "contexts", List.of(Map.of("name", "real", "context", Map.of("cluster", "real", "user", "adapters"))),
            "current-context", "real")));
  }

  @AfterAll
  static void stop() throws IOException {
    if (fleet != null) {
      fleet.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    if (kubelet != null) {
      kubelet.close();
    }
    if (admin != null) {
      admin.close();
    }
  }

  @Test
  void aClusterBecomesReadyChangesAndLeavesNothing() {
    var id = fleet.createCluster("real-walk");
    awaitReady(id, 1);

    assertThat(fleet.patch("/clusters/" + id, "{\"spec\":{\"region\":\"eu-west1\"}}").status()).isEqualTo(200);
    awaitReady(id, 2);

    assertThat(fleet.delete("/clusters/" + id).status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> fleet.get("/clusters/" + id).status() == 404);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(objectsOf(id)).isEmpty());
  }

  @Test
  void aJobThatSomebodyDeletesIsNotRunAgain() {
    var id = fleet.createCluster("real-once");
    awaitReady(id, 1);
    int made = jobsOf(id).size();
    var job = "validation-" + id + "-gen1";
    assertThat(jobsOf(id)).contains(job);
    admin.batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withName(job).delete();
    await().atMost(PATIENCE).until(() -> !jobsOf(id).contains(job));

    var before = fleet.report(id, "validation").get("last_report_time").asText();
    fleet.post("/events", "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + id + "\",\"reason\":\"test\"}");

    await().atMost(PATIENCE)
        .until(() -> !fleet.report(id, "validation").get("last_report_time").asText().equals(before));
    assertThat(fleet.condition(id, "validation", "Available")).isEqualTo("True JobSucceeded");
    assertThat(jobsOf(id)).hasSize(made - 1).doesNotContain(job);
  }

  @Test
  void aPodThatIsEvictedIsNamed() {
    Assumptions.assumeTrue(kubelet.runsPods(), "the cluster has nodes, and its pods end as they end");
    kubelet.evict("real-evicted");
    var id = fleet.createCluster("real-evicted");

    await().atMost(PATIENCE).until(() -> fleet.condition(id, "validation", "Available").startsWith("False JobFailed"));

    assertThat(fleet.report(id, "validation").get("conditions").toString()).contains("Evicted", Kubelet.EVICTION);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void anOutageOfTheApiServerIsToldInFewLinesAndOverInSeconds(CapturedOutput output) {
    Assumptions.assumeTrue(proxy != null, "the API server is not on this machine, or its certificate is checked");
    awaitReady(fleet.createCluster("real-before"), 1);
    int begin = output.getAll().length();

    proxy.cut();
    var ids = IntStream.range(0, 5).mapToObj(i -> fleet.createCluster("real-outage-" + i)).toList();
    await().atMost(PATIENCE).until(() -> ids.stream()
        .allMatch(id -> fleet.condition(id, "validation", "Health").equals("False KubernetesAPIFailure")));
    await().during(Duration.ofSeconds(10)).atMost(PATIENCE)
        .until(() -> ids.stream().noneMatch(id -> fleet.phase(id).equals("Ready")));
    proxy.mend();
    long mended = System.nanoTime();
    ids.forEach(id -> awaitReady(id, 1));

    System.out.println(
        "MEASURED real outage: all Ready after " + Duration.ofNanos(System.nanoTime() - mended).toSeconds() + " s");
    var lines = output.getAll().substring(begin).lines().toList();
    assertThat(lines).as("stack traces").noneMatch(line -> line.startsWith("\tat "));
    assertThat(lines.stream().filter(line -> line.contains("Cannot watch")))
        .as("one line a watch").doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(WATCHES);
    assertThat(lines.stream().filter(line -> line.contains("Watches "))).hasSizeLessThanOrEqualTo(WATCHES);
  }

  private static void awaitReady(String id, int generation) {
    await().atMost(PATIENCE).until(() -> fleet.phase(id).equals("Ready")
        && fleet.get("/clusters/" + id).body().get("generation").asInt() == generation);
  }

  private static List<String> jobsOf(String id) {
    return admin.batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withLabel(OwnerLabels.CLUSTER_ID, id).list()
        .getItems()
        .stream().map(job -> job.getMetadata().getName()).toList();
  }

  private static List<String> objectsOf(String id) {
    var objects = new ArrayList<>(jobsOf(id));
    admin.genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord").inNamespace(LocalKubernetes.NAMESPACE)
        .withLabel(OwnerLabels.CLUSTER_ID, id).list().getItems()
        .forEach(record -> objects.add(record.getMetadata().getName()));
    admin.pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel(OwnerLabels.CLUSTER_ID, id).list().getItems()
        .forEach(pod -> objects.add(pod.getMetadata().getName()));
    return objects;
  }
}
