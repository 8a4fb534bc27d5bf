package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was missed is repaired, and nothing that should stay is deleted (R29 of docs/reliability.md). */
class ReconciliationIT extends GitOpsIT {

  private static final String FOLDER = "clusters/prod/v1/configmaps/default/";
  private static final String ORPHAN = """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: old-config
        namespace: default
      data:
        key: a
      """;

  private void settle() {
    flow.advance(GitOpsFlow.WINDOW);
    flow.untilPending(0);
  }

  @Test
  void restartFindsWhatHappenedWhileNobodyLooked() {
    start();
    var old = flow.apply("admin", "default", "old-config", "a");
    flow.apply("admin", "default", "same", "a");
    flow.commit(2);
    flow.close();
    local.client().resource(old).delete();
    var config = Serialization.clone(old);
    config.getMetadata().setName("my-config");
    config.getMetadata().setResourceVersion(null);
    local.client().resource(config).create();

    start();
    settle();

    assertThat(git.files()).containsExactly(FOLDER + "my-config.yaml", FOLDER + "same.yaml");
    assertThat(git.subjects()).containsExactly("[DELETE] v1/configmaps/old-config by system/reconciler",
        "[CREATE] v1/configmaps/my-config by system/reconciler", "[UPDATE] 2 resources by user/admin");

    // Nothing has changed, so nothing is written.
    var head = git.run("rev-parse", "main");
    flow.compare();
    flow.close();
    start();
    settle();
    assertThat(git.run("rev-parse", "main")).isEqualTo(head);
    assertThat(flow.pushes()).isZero();
  }

  @Test
  void changesDuringTheStartWaitForTheFirstComparison() {
    local.kubernetes().fail(call -> call.resource().equals("serviceaccounts"), 403, "Forbidden", 10_000);
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git,
        "hyperfleet.gitops.destinations[0].rules[1].resources=serviceaccounts");
    await().until(() -> flow.bean(ClusterObjects.class).incomplete("prod").toString().equals("[v1/serviceaccounts]"));
    flow.apply("admin", "default", "my-config", "a");
    flow.apply("admin", "default", "my-config", "b");
    await().until(() -> flow.remembered() == 1);
    assertThat(flow.count("events")).isZero();

    local.kubernetes().clearFailures();
    await().atMost(Duration.ofSeconds(60)).until(() -> flow.count("events") == 2);
    flow.commit(1);
    // The reconciler would have made it too; whoever changed it meanwhile is its author.
    assertThat(git.subjects()).containsExactly(LINE);
    assertThat(git.read(FOLDER + "my-config.yaml")).contains("key: b");
  }

  @Test
  void fileThatWasEditedByHandIsRestored() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    git.elsewhere("Edit", clone -> Git.write(clone, FOLDER + "my-config.yaml",
        Files.readString(clone.resolve(FOLDER + "my-config.yaml")).replace("key: a", "key: z")));

    flow.advance(Duration.ofMinutes(1));
    flow.compare();

    assertThat(git.read(FOLDER + "my-config.yaml")).contains("key: a");
    assertThat(git.subjects()).containsExactly("[RECONCILE_RESOURCE] v1/configmaps/my-config by system/reconciler",
        "Edit",
        "[UPDATE] v1/configmaps/my-config by user/admin");
    assertThat(flow.count("events", "operation", "reconcile_resource")).isEqualTo(1);
  }

  @Test
  void comparisonWaitsUntilAnObjectIsQuiet() {
    start("hyperfleet.gitops.reconcile.interval=1s", "hyperfleet.gitops.commit.window=0s");
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(0);
    await().until(() -> git.files().size() == 1);
    git.elsewhere("Remove", clone -> Files.delete(clone.resolve(FOLDER + "my-config.yaml")));

    flow.advance(Duration.ofSeconds(5));
    await().until(() -> flow.gauge("events.delayed") == 1);
    flow.apply("admin", "default", "other", "x");
    await().until(() -> git.files().contains(FOLDER + "other.yaml"));
    assertThat(git.files()).containsExactly(FOLDER + "other.yaml");

    flow.advance(Duration.ofSeconds(25));
    await().until(() -> git.files().contains(FOLDER + "my-config.yaml"));
    assertThat(git.subjects()).first().isEqualTo("[CREATE] v1/configmaps/my-config by system/reconciler");
    assertThat(config.getData()).containsEntry("key", "a");
  }

  @Test
  void deletionIsDroppedWhenTheObjectIsBack() {
    start("hyperfleet.gitops.reconcile.quiet-period=10m");
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    flow.delete("admin", config);
    flow.commit(1);
    git.elsewhere("Restore",
        clone -> Git.write(clone, FOLDER + "my-config.yaml", ORPHAN.replace("old-config", "my-config")));

    flow.advance(Duration.ofMinutes(5));
    await().until(() -> flow.gauge("events.delayed") == 1);
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    // A quiet period after the last change, what was wanted is no longer true.
    flow.advance(Duration.ofMinutes(10));
    await().until(() -> flow.gauge("events.delayed") == 0);
    await().atMost(Duration.ofSeconds(20)).until(() -> {
      flow.advance(GitOpsFlow.WINDOW);
      return flow.gauge("pending.writes") == 0;
    });
    assertThat(git.files()).containsExactly(FOLDER + "my-config.yaml");
    assertThat(git.subjects()).noneMatch(subject -> subject.startsWith("[DELETE]"));
  }

  @Test
  void filesStayWhenTheirRuleIsGone() {
    start("hyperfleet.gitops.destinations[0].rules[1].resources=serviceaccounts",
        "hyperfleet.gitops.destinations[0].rules[1].namespaces=default");
    flow.apply("admin", "default", "my-config", "a");
    flow.apply("admin", new ServiceAccountBuilder().withNewMetadata().withNamespace("default").withName("robot")
        .endMetadata().build());
    flow.commit(2);
    flow.close();

    start();
    settle();
    flow.compare();
    assertThat(git.files()).containsExactly(FOLDER + "my-config.yaml",
        "clusters/prod/v1/serviceaccounts/default/robot.yaml");
    assertThat(git.subjects()).hasSize(1);
  }

  @Test
  void whatIsNotItsOwnStays() {
    git.elsewhere("Begin", clone -> {
      Git.write(clone, "README.md", "read me");
      Git.write(clone, "clusters/prod/kustomization.yaml", "resources: []");
      Git.write(clone, "clusters/prod/.sops.yaml", "rules: []");
      Git.write(clone, "clusters/prod/.configbutler/owner.yaml", "a: b");
      Git.write(clone, "clusters/prod/notes.yaml", ORPHAN);
      Git.write(clone, FOLDER + "misnamed.yaml", ORPHAN);
      Git.write(clone, FOLDER + "broken.yaml", "a: [");
      Git.write(clone, FOLDER + "old-config.yaml", ORPHAN);
      Git.write(clone, "clusters/prod/v1/secrets/default/not-claimed.yaml", ORPHAN.replace("ConfigMap", "Secret"));
      Git.write(clone, "clusters/other/v1/configmaps/default/old-config.yaml", ORPHAN);
    });
    var before = git.files();

    start();
    settle();

    before.remove(FOLDER + "old-config.yaml");
    assertThat(git.files()).isEqualTo(before);
    assertThat(flow.condition("PathAccepted").reason()).isEqualTo("UnmanagedContent");
    assertThat(flow.condition("PathAccepted").message()).startsWith(
        "6 files, the first: clusters/prod/.configbutler/owner.yaml is not at the path of any object");
    assertThat(git.subjects()).containsExactly("[DELETE] v1/configmaps/old-config by system/reconciler", "Begin");
  }

  @Test
  void whatCannotBeListedIsNotDeleted() {
    git.elsewhere("Begin", clone -> Git.write(clone, FOLDER + "old-config.yaml", ORPHAN));
    local.kubernetes().fail(call -> call.resource().equals("configmaps"), 403, "Forbidden", 10_000);
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git);
    await().until(() -> flow.camel().getRoute("gitops-watch-v1-configmaps") != null);

    flow.advance(Duration.ofMinutes(2));
    flow.untilLive();
    // Nobody waits for the first comparison any longer; it is made all the same.
    await().until(() -> flow.comparisons() > 0);
    settle();
    assertThat(git.subjects()).containsExactly("Begin");

    local.kubernetes().clearFailures();
    await().atMost(Duration.ofSeconds(60)).until(() -> flow.bean(ClusterObjects.class).isComplete("prod"));
    flow.compare();
    assertThat(git.files()).isEmpty();
  }

  @Test
  void soManyDeletionsAreHeldUntilTheyAreConfirmed() throws IOException {
    git.elsewhere("Begin", clone -> {
      for (int i = 0; i < 20; i++) {
        Git.write(clone, FOLDER + "config-" + i + ".yaml", ORPHAN.replace("old-config", "config-" + i));
      }
    });
    var confirmations = directory.resolve("confirmations");
    start("hyperfleet.gitops.reconcile.confirmations-file=" + confirmations);
    settle();
    assertThat(git.files()).hasSize(20);
    assertThat(flow.condition("Converged").reason()).isEqualTo("MassDeleteHeld");
    assertThat(flow.condition("Ready").status()).isEqualTo("False");

    Files.writeString(confirmations, "another\n");
    flow.compare();
    assertThat(git.files()).hasSize(20);

    var message = flow.condition("Stalled").message();
    Files.writeString(confirmations, "another\n" + message.substring(message.lastIndexOf(' ') + 1) + "\n");
    flow.compare();
    assertThat(git.files()).isEmpty();
    assertThat(flow.condition("Ready").status()).isEqualTo("True");
  }

  @Test
  void nothingIsWrittenThroughALink() {
    git.elsewhere("Begin", clone -> {
      Git.write(clone, "outside/keep.txt", "keep");
      Files.createDirectories(clone.resolve("clusters/prod/v1/configmaps"));
      Files.createSymbolicLink(clone.resolve("clusters/prod/v1/configmaps/default"), Path.of("../../../../outside"));
    });
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("Begin");
    assertThat(flow.count("events.dropped", "reason", "refused")).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenThroughASubmodule() {
    git.elsewhere("Begin", clone -> {
      var module = Files.createDirectories(clone.resolve("clusters/prod/v1/configmaps"));
      Git.run(module, "init", "--quiet");
      Git.run(module, "-c", "user.name=Else", "-c", "user.email=else@example.com", "commit", "--quiet", "--allow-empty",
          "-m", "Module");
    });
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("Begin");
    assertThat(flow.condition("PathAccepted").reason()).isEqualTo("UnmanagedContent");
    assertThat(flow.condition("Ready").status()).isEqualTo("False");
  }

  @Test
  void watchThatHasMissedADeletionListsAgain() {
    start();
    var missed = flow.apply("admin", "default", "missed", "a");
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(2);

    local.kubernetes().fail(Call.of("watch", "configmaps"), 500, "InternalError", 10_000);
    local.kubernetes().pause();
    local.kubernetes().resume();
    // A pooled connection may still be the one that was cut.
    await().ignoreExceptions().until(() -> local.client().configMaps().inNamespace("default").list() != null);
    local.client().resource(missed).delete();
    local.kubernetes().compact();
    local.kubernetes().clearFailures();

    // Nobody heard of it: the comparison repairs it, and does not wait for its hour.
    untilListedAgain();
    long before = flow.comparisons();
    flow.advance(Duration.ofSeconds(30));
    await().until(() -> flow.comparisons() > before);
    settle();
    assertThat(git.files()).containsExactly(FOLDER + "my-config.yaml");
    assertThat(git.subjects()).first().isEqualTo("[DELETE] v1/configmaps/missed by system/reconciler");
    assertThat(flow.bean(WatchSources.class).restarts("prod")).isPositive();
  }

  @Test
  void listThatIsSuddenlyEmptyIsHeldToo() {
    start();
    for (int i = 0; i < 20; i++) {
      flow.apply("admin", "default", "config-" + i, "a");
    }
    flow.commit(20);

    // Such as a cluster that was set up anew behind the same address.
    local.kubernetes().fail(Call.of("watch", "configmaps"), 500, "InternalError", 10_000);
    local.kubernetes().pause();
    local.kubernetes().resume();
    await().ignoreExceptions().until(() -> local.client().configMaps().inNamespace("default").list() != null);
    local.client().configMaps().inNamespace("default").delete();
    local.kubernetes().compact();
    local.kubernetes().clearFailures();

    untilListedAgain();
    flow.advance(Duration.ofSeconds(30));
    await().until(() -> flow.condition("Converged").reason().equals("MassDeleteHeld"));
    settle();
    assertThat(git.files()).hasSize(20);
    assertThat(git.subjects()).hasSize(1);
  }

  /**
   * The pause before a comparison counts from when the reconciler sees what has happened: not after the clock goes on.
   */
  private void untilSeen() {
    flow.bean(Reconciliations.class).begin("prod");
  }

  private void untilListedAgain() {
    await().atMost(Duration.ofSeconds(60)).until(() -> flow.bean(WatchSources.class).restarts("prod") > 0
        && flow.bean(ClusterObjects.class).isComplete("prod")
        && flow.bean(ClusterObjects.class).isGone("prod",
            new ResourceIdentifier("", "v1", "configmaps", "default", "missed"))
        && flow.bean(ClusterObjects.class).isGone("prod",
            new ResourceIdentifier("", "v1", "configmaps", "default", "config-0")));
    untilSeen();
  }

  @Test
  void deletionsThatNoRuleAsksForAreNotHeld() {
    git.elsewhere("Begin", clone -> {
      for (int i = 0; i < 20; i++) {
        Git.write(clone, FOLDER + "config-" + i + ".yaml", ORPHAN.replace("old-config", "config-" + i));
      }
    });
    start("hyperfleet.gitops.destinations[0].rules[0].operations=CREATE,UPDATE");
    settle();
    assertThat(git.files()).hasSize(20);
    assertThat(flow.condition("Converged").reason()).isEqualTo("Pushed");
  }

  @Test
  void comparisonFollowsAPushThatFoundTheRemoteMoved() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    git.elsewhere("Edit", clone -> {
      Git.write(clone, "README.md", "read me");
      Git.write(clone, FOLDER + "my-config.yaml",
          ORPHAN.replace("old-config", "my-config").replace("key: a", "key: z"));
    });
    flow.apply("admin", "default", "other", "a");
    flow.commit(1);
    untilSeen();
    long before = flow.comparisons();
    flow.advance(Duration.ofSeconds(30));
    await().until(() -> flow.comparisons() > before);
    settle();
    assertThat(git.read(FOLDER + "my-config.yaml")).contains("key: a");
  }

  @Test
  void pruneModesKeepFiles() {
    start("hyperfleet.gitops.destinations[0].prune=OBSERVED",
        "hyperfleet.gitops.destinations[1].name=never", "hyperfleet.gitops.destinations[1].base-folder=never",
        "hyperfleet.gitops.destinations[1].prune=NEVER",
        "hyperfleet.gitops.destinations[1].rules[0].resources=configmaps");
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(2);
    git.elsewhere("Add", clone -> Git.write(clone, FOLDER + "old-config.yaml", ORPHAN));
    flow.delete("admin", config);
    flow.commit(1);
    flow.advance(Duration.ofMinutes(1));
    flow.compare();
    assertThat(git.files()).containsExactly(FOLDER + "old-config.yaml", "never/v1/configmaps/default/my-config.yaml");
  }
}
