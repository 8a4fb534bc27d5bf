package io.hyperfleet.local.kubernetes;

import static io.hyperfleet.local.kubernetes.LocalKubernetesExtension.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LocalKubernetesTest {

  private static final String RECORD = """
      apiVersion: dns.hyperfleet.io/v1
      kind: DnsRecord
      metadata: {name: demo}
      spec: {hostname: a.example.com}
      """;

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(Settings.instant());

  @Test
  void startsWithTheUsualNamespaces() {
    assertThat(local.client().namespaces().list().getItems()).extracting(found -> found.getMetadata().getName())
        .containsExactlyInAnyOrder("default", "kube-system", "hyperfleet-adapters");
    await().until(() -> local.client().serviceAccounts().withName("default").get() != null);
  }

  @Test
  void namesPortPropertyAndVariableWhenThePortIsTaken() {
    var port = local.kubernetes().port();

    assertThatThrownBy(() -> LocalKubernetes.start(new Settings(port, Duration.ZERO, Duration.ZERO)))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("port " + port)
        .hasMessageContaining("hyperfleet.local.kubernetes.port").hasMessageContaining("KUBECONFIG");
  }

  @Test
  void writesAKubeconfigThatClientsRead(@TempDir Path folder) {
    var file = folder.resolve("new/kubeconfig");

    local.kubernetes().writeKubeconfig(file);

    var config = Config.fromKubeconfig(file.toFile());
    assertThat(config.getNamespace()).isEqualTo("hyperfleet-adapters");
    try (var client = LocalKubernetes.client(config)) {
      assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    }
  }

  @Test
  void discoversGroupsAndResources() {
    assertThat(local.client().getApiGroups().getGroups()).extracting(group -> group.getName())
        .contains("batch", "apps", "coordination.k8s.io", "dns.hyperfleet.io");
    assertThat(local.client().getApiResources("batch/v1").getResources()).extracting(APIResource::getName)
        .contains("jobs", "jobs/status", "cronjobs");
    assertThat(local.client().supports("dns.hyperfleet.io/v1", "DnsRecord")).isTrue();
    assertThat(local.client().genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord").list().getItems())
        .isEmpty();
  }

  @Test
  void selectsByLabelsAndFields() {
    for (var name : List.of("a", "b", "c")) {
      local.client().resource(new ConfigMapBuilder().withNewMetadata().withName(name)
          .addToLabels(name.equals("c") ? Map.of() : Map.of("tier", name)).endMetadata().build()).create();
    }
    var maps = local.client().configMaps();

    assertThat(names(maps.withLabel("tier", "a").list().getItems())).containsExactly("a");
    assertThat(names(maps.withLabelIn("tier", "a", "b").list().getItems())).containsExactly("a", "b");
    assertThat(names(maps.withoutLabel("tier", "a").list().getItems())).containsExactly("b", "c");
    assertThat(names(maps.withLabel("tier").list().getItems())).containsExactly("a", "b");
    assertThat(names(maps.withoutLabel("tier").list().getItems())).containsExactly("c");
    assertThat(names(maps.withField("metadata.name", "b").list().getItems())).containsExactly("b");
    assertThat(names(maps.inAnyNamespace().withField("metadata.namespace", "default").list().getItems())).isEmpty();
  }

  @Test
  void failsAsScripted() {
    var config = new ConfigBuilder(local.kubernetes().config()).withRequestRetryBackoffLimit(0).build();
    var job = JobLifecycleTest.job("work", Map.of());
    try (var client = LocalKubernetes.client(config)) {
      local.kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden",
          "jobs.batch \"work\" is forbidden: exceeded quota: small", 1);
      local.kubernetes().fail(Call.of("create", "jobs"), 429, "TooManyRequests", 1);
      local.kubernetes().fail(Call.of("create", "jobs"), 500, "InternalError", 1);

      assertThatThrownBy(() -> client.resource(job).create()).hasMessageContaining("exceeded quota: small");
      for (int code : List.of(429, 500)) {
        assertThatThrownBy(() -> client.resource(job).create()).isInstanceOfSatisfying(KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(code));
      }
      assertThat(client.resource(job).create().getMetadata().getUid()).isNotEmpty();
    }
  }

  @Test
  void recordsWhatClientsDid() {
    local.client().resource(JobLifecycleTest.job("work", Map.of())).create();
    local.client().resource(resource(RECORD)).fieldManager("x").serverSideApply();
    local.client().pods().withLabel("job-name", "work").list();

    assertThat(local.kubernetes().requests()).contains(
        new Call("create", "batch", "jobs", "", "hyperfleet-adapters", ""),
        new Call("patch", "dns.hyperfleet.io", "dnsrecords", "", "hyperfleet-adapters", "demo"),
        new Call("list", "", "pods", "", "hyperfleet-adapters", ""));
  }

  @Test
  void electsALeader() {
    var leading = new CompletableFuture<Void>();
    var elector = local.client().leaderElector().withConfig(new LeaderElectionConfigBuilder().withName("test")
        .withLeaseDuration(Duration.ofSeconds(5)).withRenewDeadline(Duration.ofSeconds(3))
        .withRetryPeriod(Duration.ofMillis(100)).withLock(new LeaseLock("default", "leader", "me"))
        .withLeaderCallbacks(new LeaderCallbacks(() -> leading.complete(null), () -> {}, leader -> {})).build())
        .build();

    var running = elector.start();

    assertThat(leading).succeedsWithin(Duration.ofMinutes(1));
    running.cancel(true);
  }

  private static List<String> names(List<? extends HasMetadata> items) {
    return items.stream().map(item -> item.getMetadata().getName()).toList();
  }
}
