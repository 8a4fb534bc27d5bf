package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.gitops.manifest.ManifestYamlTest;
import io.hyperfleet.gitops.manifest.Sanitizer;
import io.hyperfleet.gitops.write.BranchWorkers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens in the cluster is committed as it happens. */
class RealTimeIT extends GitOpsIT {

  @Test
  void createdObjectIsOneFileAndOneCommit() {
    start();

    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    assertThat(git.files()).containsExactly(FILE);
    assertThat(git.subjects()).containsExactly(LINE);
    assertThat(git.read(FILE)).isEqualTo("""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: my-config
          namespace: default
        data:
          key: a
        """);
    assertThat(git.run("log", "-1", "--format=%an <%ae>|%cn|%B", "main"))
        .startsWith("admin <admin@noreply.cluster.local>|HyperFleet GitOps|" + LINE + "\n\nOperation: UPDATE\n"
            + "Resource-Key: v1/configmaps/default/my-config\nEvent-Time: 2026-01-01T00:00:");
  }

  @Test
  void changesOfDataAndLabelsAreCommits() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    config = flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.read(FILE)).contains("key: b");

    flow.apply("admin", new ConfigMapBuilder(config).editMetadata().addToLabels("team", "blue").endMetadata().build());
    flow.commit(1);
    assertThat(git.read(FILE)).contains("team: blue");
    assertThat(git.files()).containsExactly(FILE);
    assertThat(git.subjects()).containsExactly(LINE, LINE, LINE);
  }

  @Test
  void bookkeepingOfTheClusterIsNoCommit() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    flow.apply("admin", new ConfigMapBuilder(config).editMetadata()
        .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}").endMetadata().build());

    await().until(() -> flow.count("watch.duplicates.skipped") == 1);
    assertThat(flow.gauge("pending.writes")).isZero();
    assertThat(git.subjects()).containsExactly(LINE);
  }

  @Test
  void statusIsNoCommit() {
    start("hyperfleet.gitops.destinations[0].rules[0].api-groups=batch",
        "hyperfleet.gitops.destinations[0].rules[0].resources=jobs");
    flow.apply("admin", new JobBuilder().withNewMetadata().withNamespace("default").withName("work").endMetadata()
        .withNewSpec().withNewTemplate().withNewSpec().withRestartPolicy("Never").addNewContainer().withName("work")
        .withImage("work").endContainer().endSpec().endTemplate().endSpec().build());
    await().until(() -> flow.client().batch().v1().jobs().inNamespace("default").withName("work").get().getStatus()
        .getCompletionTime() != null);
    await().until(() -> flow.count("watch.duplicates.skipped") >= 1);
    flow.advance(Duration.ofSeconds(3));
    flow.commit(1);
    assertThat(git.subjects()).hasSize(1).first().asString().startsWith("[UPDATE] batch/v1/jobs/work by ");
    assertThat(git.read("clusters/prod/batch/v1/jobs/default/work.yaml")).doesNotContain("status", "uid",
        "resourceVersion",
        "managedFields");
  }

  @Test
  void goingBackIsACommitOfItsOwn() {
    start();
    for (String value : List.of("a", "b", "a")) {
      flow.apply("admin", "default", "my-config", value);
      flow.commit(1);
    }
    assertThat(git.subjects()).containsExactly(LINE, LINE, LINE);
    assertThat(git.read(FILE)).contains("key: a");

    flow.apply("admin", "default", "my-config", "b");
    flow.apply("admin", "default", "my-config", "a");
    flow.apply("admin", "default", "other", "x");
    await().until(() -> flow.count("events", "operation", "update") == 6);
    flow.commit(2);
    assertThat(git.subjects()).hasSize(4).first().isEqualTo("[UPDATE] v1/configmaps/other by user/admin");
  }

  @Test
  void deletedObjectIsAnUpdateThatRemovesTheFile() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    var other = flow.apply("admin", "default", "other", "a");
    flow.commit(2);

    flow.delete("admin", config);
    flow.commit(1);
    assertThat(git.files()).containsExactly("clusters/prod/v1/configmaps/default/other.yaml");
    assertThat(git.subjects()).first().isEqualTo(LINE);

    flow.deleteUnseen(other);
    flow.commit(1);
    assertThat(git.subjects()).first().isEqualTo("[UPDATE] v1/configmaps/other by system/unknown");
    // The branch outlives its last file.
    assertThat(git.files()).isEmpty();
    assertThat(git.subjects()).hasSize(3);
  }

  @Test
  void deletedAndMadeAgainInWindowsOfTheirOwn() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    flow.delete("admin", config);
    flow.commit(1);
    assertThat(git.files()).isEmpty();
    config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.files()).containsExactly(FILE);
    assertThat(git.subjects()).hasSize(3);

    flow.delete("admin", config);
    flow.apply("admin", "default", "my-config", "a");
    flow.apply("admin", "default", "after", "a");
    await().until(() -> flow.count("commits") == 3 && git.files().size() == 1
        && flow.bean(BranchWorkers.class).of("prod").health().pending() == 2);
    flow.commit(2);
    assertThat(git.subjects()).hasSize(4).first().isEqualTo("[UPDATE] v1/configmaps/after by user/admin");
  }

  @Test
  void createdAndDeletedInOneWindowIsNothing() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.deleteUnseen(config);
    await().until(() -> flow.count("events") == 2);
    flow.commit(1);
    assertThat(git.subjects()).isEmpty();
  }

  @Test
  void renameIsOneCommitThatGitShowsAsOne() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    flow.delete("admin", config);
    flow.apply("admin", "default", "renamed", "a");
    flow.commit(2);

    assertThat(git.subjects()).first().isEqualTo("[UPDATE] 2 resources by user/admin");
    assertThat(git.run("log", "-1", "--format=%b", "main"))
        .startsWith(LINE + "\n[UPDATE] v1/configmaps/renamed by user/admin\n");
    assertThat(git.run("log", "-1", "-M50", "--name-status", "--format=", "main")).startsWith("R").contains(FILE)
        .contains("clusters/prod/v1/configmaps/default/renamed.yaml");
  }

  @Test
  void objectThatWaitsForItsFinalizersStays() {
    start();
    var config = flow.apply("admin", held());
    flow.commit(1);
    flow.client().resource(config).delete();
    await().until(() -> flow.count("watch.duplicates.skipped") == 1);
    assertThat(git.files()).containsExactly(FILE);

    release();
    await().until(() -> flow.gauge("events.unattributed") == 1);
    flow.advance(Duration.ofSeconds(3));
    flow.commit(1);
    assertThat(git.files()).isEmpty();
  }

  @Test
  void withDeletionAsIntentItGoesAtOnce() {
    start("hyperfleet.gitops.watch.deletion-as-intent=true", "hyperfleet.gitops.reconcile.quiet-period=0s");
    var config = flow.apply("admin", held());
    flow.commit(1);
    flow.delete("bob", config);
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/my-config by user/bob", LINE);
    assertThat(git.files()).isEmpty();

    // It is still in the cluster, and nobody wants it back.
    flow.compare();
    release();
    await().until(() -> flow.count("events", "operation", "update") == 3);
    flow.commit(1);
    assertThat(git.subjects()).hasSize(2);
  }

  private static ConfigMap held() {
    return new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName("my-config")
        .withFinalizers("example.com/held").endMetadata().addToData("key", "a").build();
  }

  private void release() {
    flow.client().configMaps().inNamespace("default").withName("my-config")
        .edit(map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
  }

  @Test
  void largestConfigMapIsWrittenAsItIs() {
    start();
    var text = "line with \"quotes\" and ünicode\n".repeat(30_000);
    flow.apply("admin",
        new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName("my-config").endMetadata()
            .addToData("text", text).addToData("yes", "yes").addToBinaryData("binary", "AAEC/w==").build());
    flow.commit(1);
    var data = Sanitizer.map(ManifestYamlTest.read(git.read(FILE).getBytes(StandardCharsets.UTF_8)));
    assertThat(data.get("data")).isEqualTo(Map.of("text", text, "yes", "yes"));
    assertThat(data.get("binaryData")).isEqualTo(Map.of("binary", "AAEC/w=="));
  }

  @Test
  void namespaceThatIsDeletedTakesItsFilesAlong() {
    namespace("blue");
    start();
    for (String name : List.of("one", "two")) {
      flow.apply("admin", "blue", name, "a");
    }
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(3);
    flow.client().namespaces().withName("blue").delete();
    await().until(() -> flow.gauge("events.unattributed") == 2);
    flow.advance(Duration.ofSeconds(3));
    flow.commit(2);
    assertThat(git.files()).containsExactly(FILE);
  }

  @Test
  void burstIsOneCommitAndOnePush() {
    start();
    for (int i = 0; i < 100; i++) {
      flow.apply("admin", "default", "config-" + i, "a");
    }
    flow.commit(100);
    assertThat(git.subjects()).containsExactly("[UPDATE] 100 resources by user/admin");
    assertThat(git.files()).hasSize(100);
    assertThat(flow.pushes()).isEqualTo(1);
  }

  @Test
  void withoutAWindowEveryEventIsACommit() {
    start("hyperfleet.gitops.commit.window=0s", "hyperfleet.gitops.push.cooldown=1h");
    for (int i = 0; i < 20; i++) {
      flow.apply("admin", "default", "config-" + i, "a");
    }
    await().until(() -> flow.count("commits") == 20);
    flow.advance(Duration.ofHours(1));
    flow.untilPending(0);
    assertThat(git.subjects()).hasSize(20).contains("[UPDATE] v1/configmaps/config-7 by user/admin");
  }

  @Test
  void anotherAuthorClosesTheWindow() {
    start();
    flow.apply("alice", "default", "my-config", "a");
    flow.apply("alice", "default", "second", "a");
    flow.apply("bob", "default", "my-config", "b");
    // One is pending before the others are heard of, too.
    await().until(() -> flow.count("events") == 3);
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/my-config by user/bob",
        "[UPDATE] 2 resources by user/alice");
    assertThat(git.read(FILE)).contains("key: b");
    assertThat(git.run("log", "--format=%an", "main")).isEqualTo("bob\nalice\n");
  }

  @Test
  void ruleWithoutDeletionsKeepsFiles() {
    start("hyperfleet.gitops.destinations[0].rules[0].operations=CREATE,UPDATE",
        "hyperfleet.gitops.reconcile.quiet-period=0s");
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    flow.delete("admin", config);
    flow.apply("admin", "default", "other", "a");
    flow.commit(1);
    flow.compare();

    assertThat(git.files()).contains(FILE).hasSize(2);
  }

  @Test
  void ruleOfANamespaceNeverWritesAnothers() {
    namespace("blue");
    namespace("green");
    start("hyperfleet.gitops.destinations[0].rules[0].namespaces=blue",
        "hyperfleet.gitops.destinations[1].name=all", "hyperfleet.gitops.destinations[1].base-folder=all",
        "hyperfleet.gitops.destinations[1].rules[0].resources=configmaps");
    flow.apply("admin", "blue", "my-config", "a");
    flow.apply("admin", "green", "my-config", "a");
    flow.commit(3);
    // Two destinations, one write each.
    assertThat(git.files()).containsExactly("all/v1/configmaps/blue/my-config.yaml",
        "all/v1/configmaps/green/my-config.yaml",
        "clusters/prod/v1/configmaps/blue/my-config.yaml");
  }

  @Test
  void twoRulesOfOneDestinationWriteOnce() {
    start("hyperfleet.gitops.destinations[0].rules[1].resources=configmaps",
        "hyperfleet.gitops.destinations[0].rules[1].namespaces=default");
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE);
    await().until(() -> flow.count("watch.duplicates.skipped") == 1);
  }

  private void namespace(String name) {
    local.client().resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
  }
}
