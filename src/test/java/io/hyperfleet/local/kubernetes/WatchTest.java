package io.hyperfleet.local.kubernetes;

import static io.hyperfleet.local.kubernetes.LocalKubernetesExtension.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(
      new Settings(0, Duration.ofMillis(100), Duration.ZERO));

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @ParameterizedTest(name = "httpOnly={0}")
  @ValueSource(booleans = {false, true})
  void showsEveryChangeInOrder(boolean httpOnly) {
    var config = new ConfigBuilder(local.kubernetes().config()).withOnlyHttpWatches(httpOnly).build();
    try (var client = LocalKubernetes.client(config);
        var watch = client.configMaps().watch(watcher())) {
      awaitWatched("");
      for (int i = 0; i < 50; i++) {
        put("settings", Map.of("a", Integer.toString(i)));
      }
      local.client().configMaps().withName("settings").delete();

      await().until(() -> seen.contains("DELETED settings 49"));
    }
    assertThat(seen).hasSize(52).startsWith("ADDED probe 0", "ADDED settings 0", "MODIFIED settings 1")
        .contains("MODIFIED settings 49");
  }

  @Test
  void movesObjectsInAndOutOfASelector() {
    try (var watch = local.client().configMaps().withLabel("tier", "gold").watch(watcher())) {
      awaitWatched("gold");
      put("settings", Map.of("a", "1"));
      label("gold");
      label("silver");

      await().until(() -> seen.equals(List.of("ADDED probe 0", "ADDED settings 1", "DELETED settings 1")));
    }
  }

  @Test
  void goesOnFromAResourceVersion() {
    var first = put("settings", Map.of("a", "1"));
    put("settings", Map.of("a", "2"));

    try (var watch = local.client().configMaps()
        .withResourceVersion(first.getMetadata().getResourceVersion()).watch(watcher())) {
      await().until(() -> seen.equals(List.of("MODIFIED settings 2")));
    }
  }

  @Test
  void informsAboutJobsThroughAnInterruption() {
    try (var informer = local.client().batch().v1().jobs().inform(new ResourceEventHandler<Job>() {
      @Override
      public void onAdd(Job job) {
        // One that has ended while the informer was away is new to it.
        onUpdate(null, job);
      }

      @Override
      public void onUpdate(Job before, Job job) {
        if (job.getStatus() != null && job.getStatus().getCompletionTime() != null) {
          seen.add("completed " + job.getMetadata().getName());
        }
      }

      @Override
      public void onDelete(Job job, boolean unknown) {
        seen.add("deleted " + job.getMetadata().getName());
      }
    })) {
      var job = JobLifecycleTest.job("one", Map.of());
      local.client().resource(job).create();
      await().until(() -> seen.contains("completed one"));

      local.kubernetes().pause();
      local.kubernetes().resume();
      // A pooled connection may still be the one that was cut.
      await().ignoreExceptions().until(() -> local.client().configMaps().list() != null);
      local.client().resource(JobLifecycleTest.job("two", Map.of())).create();
      await().until(() -> seen.contains("completed two"));

      local.client().resource(job).delete();
      await().until(() -> seen.contains("deleted one"));
    }
  }

  @Test
  void informsAboutCustomResources() {
    var context = new ResourceDefinitionContext.Builder().withGroup("dns.hyperfleet.io").withVersion("v1")
        .withKind("DnsRecord").withPlural("dnsrecords").withNamespaced(true).build();
    try (var informer = local.client().genericKubernetesResources(context).inform()) {
      local.client().resource(resource("""
          apiVersion: dns.hyperfleet.io/v1
          kind: DnsRecord
          metadata: {name: demo}
          spec: {hostname: a.example.com}
          """)).create();

      await().until(() -> informer.getIndexer().list().stream()
          .anyMatch(record -> "a.example.com".equals(record.get("status", "fqdn"))));
    }
  }

  @Test
  void isAwayWhilePaused() {
    var config = new ConfigBuilder(local.kubernetes().config()).withRequestRetryBackoffLimit(0).build();
    try (var client = LocalKubernetes.client(config)) {
      local.kubernetes().pause();
      assertThatThrownBy(() -> client.configMaps().list()).isInstanceOf(KubernetesClientException.class);

      local.kubernetes().resume();
      assertThat(client.configMaps().list().getItems()).isEmpty();
    }
  }

  /** A client believes in its watch before the server has begun it: what changes until then is told as one state. */
  private void awaitWatched(String tier) {
    local.client()
        .resource(new ConfigMapBuilder().withNewMetadata().withName("probe").addToLabels("tier", tier).endMetadata()
            .addToData("a", "0").build())
        .create();
    await().until(() -> seen.contains("ADDED probe 0"));
  }

  private Watcher<ConfigMap> watcher() {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        seen.add(action + " " + map.getMetadata().getName() + " " + map.getData().get("a"));
      }

      @Override
      public void onClose(WatcherException cause) {
        seen.add("closed " + cause);
      }
    };
  }

  private ConfigMap put(String name, Map<String, String> data) {
    return local.client().resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata()
        .withData(data).build()).fieldManager("test").forceConflicts().serverSideApply();
  }

  private void label(String tier) {
    local.client().configMaps().withName("settings").edit(map -> new ConfigMapBuilder(map).editMetadata()
        .addToLabels("tier", tier).endMetadata().build());
  }
}
