package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What is reported of Jobs on a real Kubernetes, whose Job controller decides what becomes of them; {@link Kubelet}
 * plays the pods.
 */
@Tag("kubernetes")
class RealJobStatesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> NAMESPACES = List.of(LocalKubernetes.NAMESPACE, "hyperfleet-crowded",
      "hyperfleet-podless", "hyperfleet-restricted");

  private static KubernetesClient admin;
  private static Kubelet kubelet;
  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    admin = KubernetesClients.of(RealKubernetes.config()).build();
    NAMESPACES.forEach(RealJobStatesIT::namespace);
    quota("hyperfleet-crowded", "count/jobs.batch");
    quota("hyperfleet-podless", "pods");
    kubelet = new Kubelet(admin, NAMESPACES);
    Assumptions.assumeTrue(kubelet.runsPods(), "the cluster has nodes, and its pods end as they end");
    fleet = LocalFleet.start("hyperfleet.kubernetes.kubeconfig=" + System.getenv("KUBECONFIG"),
        "hyperfleet.adapters.location=src/test/resources/real-kubernetes",
        "hyperfleet.adapters.enabled=worker,trier,maker,crowded,podless,restricted",
        "hyperfleet.adapters.policy.namespaces=" + String.join(",", NAMESPACES),
        "hyperfleet.kinds.clusters.required-adapters=worker");
    await().atMost(PATIENCE).until(() -> fleet.management("/readyz").status() == 200);
  }

  private static void namespace(String name) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name)
            .addToLabels("pod-security.kubernetes.io/enforce",
                name.endsWith("-restricted") ? "restricted" : "privileged")
            .endMetadata().build())
        .forceConflicts().serverSideApply();
  }

  /** In force once the API server's own view of it has caught up. */
  private static void quota(String namespace, String resource) {
    admin.resource(new ResourceQuotaBuilder().withNewMetadata().withName("none").withNamespace(namespace).endMetadata()
        .withNewSpec()
        .addToHard(resource, new Quantity("0")).endSpec().build()).serverSideApply();
    await().atMost(PATIENCE).until(() -> {
      var status = admin.resourceQuotas().inNamespace(namespace).withName("none").get().getStatus();
      return status != null && status.getHard() != null && status.getHard().containsKey(resource);
    });
  }

  @AfterAll
  static void stop() {
    if (fleet != null) {
      fleet.close();
    }
    if (kubelet != null) {
      kubelet.close();
    }
    if (admin != null) {
      // What is left has done what it was to show.
      NAMESPACES.forEach(
          namespace -> admin.batch().v1().jobs().inNamespace(namespace).withLabel(OwnerLabels.CLUSTER_ID).delete());
      admin.close();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      worker | fate: 'exit:3:no such region'                         | Available=False JobFailed         | no such region: container work exited with code 3
      worker | fate: 'exit:137:'                                     | Available=False JobFailed         | exited with code 137
      worker | fate: 'exit:1:twice', backoffLimit: 1                 | Available=False JobFailed         | BackoffLimitExceeded
      worker | fate: runs, deadline: 2                               | Available=False JobFailed         | DeadlineExceeded
      worker | fate: ImagePullBackOff                                | Health=False CreateError          | Check the image name registry.example.com/work:1
      worker | fate: ErrImagePull                                    | Health=False CreateError          | Check the image name registry.example.com/work:1
      worker | fate: CreateContainerConfigError                      | Health=False CreateError          | Check the container's ConfigMaps
      worker | fate: CrashLoopBackOff, restartPolicy: OnFailure, backoffLimit: 6 | Available=Unknown JobInProgress   | CrashLoopBackOff: container work exited with code 2
      worker | fate: Unschedulable                                   | Available=Unknown JobInProgress   | is waiting for a node: 0/3 nodes are available
      worker | fate: runs                                            | Available=Unknown JobInProgress   |
      worker | suspend: true                                         | Available=Unknown JobInProgress   | is suspended
      worker | fate: ''                                              | Available=True JobSucceeded       |
      worker | restartPolicy: Always                                 | Health=False CreateError          | spec.template.spec.restartPolicy
      worker | backoffLimit: -1                                      | Health=False CreateError          | spec.backoffLimit: must be greater than or equal to 0
      crowded | fate: ''                                             | Health=False CreateError          | Raise the quota of the namespace
      podless | fate: ''                                             | Health=False CreateError          | Raise the quota of the namespace
      restricted | fate: ''                                          | Health=False CreateError          | violates PodSecurity
      maker  | fate: 'exit:4:no licence'                             | Available=False WorkloadFailed    | no licence: container work exited with code 4
      maker  | fate: ImagePullBackOff                                | Health=False CreateError          | Check the image name
      maker  | suspend: true                                         | Available=Unknown WorkloadInProgress | is suspended
      maker  | fate: ''                                              | Available=True PostconditionsMet  |
      """)
  void reportsWhatBecomesOfAJob(String adapter, String spec, String condition, String words) {
    var id = create(adapter, spec);

    awaitReport(id, adapter, condition, words == null ? "" : words);
    assertThat(fleet.report(id, adapter).path("conditions").toString()).doesNotContain("null\"", ": null");
  }

  @Test
  void aFailedJobIsTriedAgainAsOftenAsItMay() {
    var id = create("trier", "fate: 'exit:1:no luck'");

    awaitReport(id, "trier", "Available=False JobFailed", "no luck");
    await().atMost(PATIENCE).untilAsserted(() -> {
      event(id);
      assertThat(job(id).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
      assertThat(fleet.report(id, "trier").at("/metadata/attempt").asInt()).isEqualTo(2);
    });
    awaitReport(id, "trier", "Available=False JobFailed", "no luck");
    var uid = job(id).getMetadata().getUid();
    event(id);
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> job(id).getMetadata().getUid().equals(uid));
  }

  @Test
  void aJobThatKubernetesCleansUpIsNotRunAgain() {
    var id = create("worker", "fate: ''");
    awaitReport(id, "worker", "Available=True JobSucceeded", "");

    admin.resource(job(id)).edit(job -> {
      job.getSpec().setTtlSecondsAfterFinished(0);
      return job;
    });
    await().atMost(PATIENCE).until(() -> jobs(id).isEmpty());
    event(id);
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> jobs(id).isEmpty());

    assertThat(conditions(id, "worker")).contains("Available=True JobSucceeded");
  }

  @Test
  void aJobOfAnotherManifestTakesThePlaceOfTheOneThatIsThere() {
    var id = create("maker", "fate: runs");
    await().atMost(PATIENCE).until(() -> jobs(id).size() == 1);
    var uid = job(id).getMetadata().getUid();

    assertThat(fleet.patch("/clusters/" + id, "{\"spec\":{\"adapter\":\"maker\",\"fate\":\"\"}}").status())
        .isEqualTo(200);

    awaitReport(id, "maker", "Available=True PostconditionsMet", "");
    assertThat(job(id).getMetadata().getUid()).isNotEqualTo(uid);
  }

  private static String create(String adapter, String spec) {
    var answer = fleet.post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"s-%s\",\"spec\":%s}".formatted(
        Long.toString(System.nanoTime(), 36), admin.getKubernetesSerialization().asJson(
            new Yaml().<Object>load("{adapter: " + adapter + ", " + spec + "}"))));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  private static void event(String id) {
    fleet.post("/events", "{\"aggregate_type\":\"Cluster\",\"aggregate_id\":\"" + id + "\",\"reason\":\"test\"}");
  }

  private static void awaitReport(String id, String adapter, String condition, String words) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
      event(id);
      assertThat(conditions(id, adapter)).contains(condition);
      assertThat(fleet.report(id, adapter).path("conditions").findValuesAsText("message").toString()).contains(words);
    });
  }

  private static List<String> conditions(String id, String adapter) {
    return StreamSupport.stream(fleet.report(id, adapter).path("conditions").spliterator(), false)
        .map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText() + " "
            + condition.path("reason").asText())
        .toList();
  }

  private static Job job(String id) {
    return jobs(id).stream().findFirst().orElseThrow();
  }

  private static List<Job> jobs(String id) {
    return admin.batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withLabel(OwnerLabels.CLUSTER_ID, id).list()
        .getItems();
  }
}
