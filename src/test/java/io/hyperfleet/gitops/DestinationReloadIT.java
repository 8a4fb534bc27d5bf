package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.hyperfleet.election.Leadership;
import io.hyperfleet.gitops.lifecycle.GitOpsCheck;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.operation.ReadinessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Destinations and their rules change while the process runs, and nothing else is disturbed. */
class DestinationReloadIT extends GitOpsIT {

  private static final String CONFIG = "{name: prod, base-folder: clusters/prod, rules: [{resources: [configmaps]}]}";
  private static final String BOTH = "{name: prod, base-folder: clusters/prod, rules: [{resources: [configmaps]}, {resources: [serviceaccounts], namespaces: [blue]}]}";
  private static final String OTHER = "{name: other, branch: other, base-folder: clusters/other, rules: [{resources: [configmaps], namespaces: [blue]}]}";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path file;

  @BeforeEach
  void makeNamespace() {
    local.client().resource(new NamespaceBuilder().withNewMetadata().withName("blue").endMetadata().build()).create();
  }

  private void reload(String... destinations) throws IOException {
    Files.writeString(file,
        "destinations:\n" + String.join("", List.of(destinations).stream().map(one -> "  - " + one + "\n").toList()));
  }

  private void startWith(String... destinations) throws IOException {
    file = directory.resolve("destinations.yaml");
    reload(destinations);
    start("hyperfleet.gitops.destinations-file=" + file, "hyperfleet.gitops.reload-interval=50ms");
  }

  @Test
  void aRuleThatComesIsWatchedAndOneThatGoesIsNot() throws IOException {
    startWith(CONFIG);
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    local.client().resource(account("before")).create();

    reload(BOTH);
    await().until(() -> routes().contains("gitops-watch-v1-serviceaccounts-in-blue"));
    untilCommitted("clusters/prod/v1/serviceaccounts/blue/before.yaml");
    assertThat(git.subjects()).first().isEqualTo("[CREATE] v1/serviceaccounts/before by system/reconciler");
    flow.untilLive();
    flow.apply("admin", account("after"));
    flow.commit(1);
    assertThat(git.subjects()).first().isEqualTo("[UPDATE] v1/serviceaccounts/after by user/admin");

    // The files of a rule that is gone stay.
    reload(CONFIG);
    await().until(() -> !routes().contains("gitops-watch-v1-serviceaccounts-in-blue"));
    flow.untilLive();
    local.client().resource(account("after")).delete();
    flow.compare();
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.files()).contains("clusters/prod/v1/serviceaccounts/blue/after.yaml", FILE);
    assertThat(git.read(FILE)).contains("key: b");
    assertThat(git.subjects()).hasSize(4);
  }

  @Test
  void othersAreNotDisturbed() throws IOException {
    startWith(CONFIG);
    long comparisons = flow.comparisons();
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);

    reload(CONFIG, OTHER);
    await().until(() -> routes().contains("gitops-reconcile-other"));
    flow.untilLive();
    assertThat(flow.pending()).isEqualTo(1);
    flow.commit(1);
    flow.apply("admin", "blue", "theirs", "a");
    untilCommitted("clusters/prod/v1/configmaps/blue/theirs.yaml");
    await().until(() -> git.run("ls-tree", "-r", "--name-only", "other")
        .contains("clusters/other/v1/configmaps/blue/theirs.yaml"));
    assertThat(flow.count("events", "source", "reconcile")).isZero();
    assertThat(flow.comparisons()).isGreaterThanOrEqualTo(comparisons);

    reload(CONFIG);
    await().until(() -> routes().stream().noneMatch(route -> route.contains("other")));
    assertThat(flow.bean(Reconciliations.class).conditions()).containsOnlyKeys("prod");
    flow.apply("admin", "blue", "theirs", "b");
    flow.commit(1);
    assertThat(git.run("log", "-p", "other")).doesNotContain("key: b");
  }

  @Test
  void aBrokenFileLeavesWhatIsThere() throws IOException {
    startWith(CONFIG);
    reload(CONFIG.replace("base-folder: clusters/prod", "base-folder: ../prod"));
    await().until(() -> flow.gauge("destinations.broken") == 1);
    assertThat(flow.bean(GitOpsCheck.class).check())
        .contains(file + ":2: destinations[0].base-folder: '../prod' is not a folder");
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE);

    Files.delete(file);
    await().until(() -> flow.bean(GitOpsCheck.class).check().contains(file + ": cannot be read"));
    reload(CONFIG);
    await().until(() -> flow.gauge("destinations.broken") == 0);
    assertThat(flow.bean(GitOpsCheck.class).check()).isEqualTo(ReadinessCheck.OK);
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, LINE);
  }

  /** Routes that come later begin and end with the election too. */
  @Test
  void anElectedLeaderWritesWhatIsNewAndTheOtherDoesNot() throws IOException {
    file = directory.resolve("destinations.yaml");
    reload(CONFIG);
    try (var leader = elected("one")) {
      await().atMost(PATIENCE).until(() -> leader.bean(Leadership.class).isHeld());
      leader.untilLive();
      try (var standby = elected("other")) {
        reload(CONFIG, OTHER);
        await().atMost(PATIENCE).until(() -> isStarted(leader, "gitops-reconcile-other"));
        leader.apply("admin", "blue", "theirs", "a");
        await().atMost(PATIENCE).until(() -> {
          leader.advance(GitOpsFlow.WINDOW);
          return git.files("other").equals(List.of("clusters/other/v1/configmaps/blue/theirs.yaml"));
        });
        await().atMost(PATIENCE).until(() -> standby.camel().getRoute("gitops-reconcile-other") != null);
        assertThat(isStarted(standby, "gitops-reconcile-other")).isFalse();

        leader.close();
        await().atMost(PATIENCE).until(() -> isStarted(standby, "gitops-reconcile-other"));
        standby.untilLive();
        standby.apply("admin", "blue", "theirs", "b");
        await().atMost(PATIENCE).until(() -> {
          standby.advance(GitOpsFlow.WINDOW);
          return git.run("log", "-p", "other").contains("key: b");
        });
      }
    }
  }

  private static boolean isStarted(GitOpsFlow flow, String route) {
    return flow.camel().getRoute(route) != null && flow.camel().getRouteController().getRouteStatus(route).isStarted();
  }

  private GitOpsFlow elected(String pod) {
    return new GitOpsFlow(local.kubernetes(), clock, directory, git, "hyperfleet.gitops.destinations-file=" + file,
        "hyperfleet.gitops.reload-interval=50ms", "hyperfleet.gitops.work-directory=" + directory.resolve(pod),
        "hyperfleet.gitops.leader-election.enabled=true",
        "hyperfleet.gitops.leader-election.namespace=" + LocalKubernetes.NAMESPACE,
        "hyperfleet.gitops.leader-election.pod-name=" + pod, "hyperfleet.gitops.leader-election.lease-duration=61s",
        "hyperfleet.gitops.leader-election.renew-deadline=60s", "hyperfleet.gitops.leader-election.retry-period=300ms");
  }

  private void untilCommitted(String path) {
    await().atMost(Duration.ofSeconds(30)).until(() -> {
      flow.advance(GitOpsFlow.WINDOW);
      return git.files().contains(path);
    });
    flow.untilPending(0);
  }

  private List<String> routes() {
    return flow.camel().getRoutes().stream().map(route -> route.getRouteId()).toList();
  }

  private static ServiceAccount account(String name) {
    return new ServiceAccountBuilder().withNewMetadata().withNamespace("blue").withName(name).endMetadata().build();
  }
}
