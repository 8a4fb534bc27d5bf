package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.hyperfleet.git.FileGuard;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.StartupGates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remotes, clones and files that are not as they should be (R28 of docs/reliability.md). */
class BranchTroubleIT extends GitOpsIT {

  private static final String RULE = "hyperfleet.gitops.destinations[0].rules[0].";

  private void startAt(GitHttpServer server, String... properties) throws IOException {
    var secret = Files.createDirectories(directory.resolve("secret"));
    Files.writeString(secret.resolve("ca.crt"), server.certificate());
    Files.writeString(secret.resolve("token"), "token");
    var all = new ArrayList<>(List.of("hyperfleet.gitops.repositories[0].url=" + server.url("fleet.git"),
        "hyperfleet.gitops.repositories[0].credentials=" + secret));
    all.addAll(List.of(properties));
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git, all.toArray(String[]::new));
    await().until(() -> flow.bean(ClusterObjects.class).isComplete("prod"));
  }

  @Test
  void wrongCredentialsAreShownOnceAMinute() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      var requests = new AtomicInteger();
      server.accept(authorization -> requests.incrementAndGet() < 0);
      startAt(server);
      // The condition is there before the end of the pause is known, which the failure is counted after.
      await().until(() -> flow.count("git.failures") == 1);
      assertThat(flow.condition("Stalled").reason()).isEqualTo("AuthFailed");
      int once = requests.get();
      for (int second = 0; second < 55; second++) {
        flow.advance(Duration.ofSeconds(1));
      }
      await().during(Duration.ofMillis(300)).until(() -> requests.get() == once);
      flow.advance(Duration.ofSeconds(5));
      await().until(() -> requests.get() > once);
    }
  }

  @Test
  void remoteThatMayOnlyBeReadStaysACondition() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      startAt(server);
      flow.untilLive();
      server.readOnly(true);
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.condition("Stalled").reason().equals("AuthFailed"));

      // That a comparison can read it changes nothing.
      long before = flow.comparisons();
      await().until(() -> {
        flow.advance(Duration.ofMinutes(1));
        return flow.comparisons() > before;
      });
      assertThat(flow.condition("Stalled").reason()).isEqualTo("AuthFailed");

      server.readOnly(false);
      await().until(() -> {
        flow.advance(Duration.ofMinutes(1));
        return flow.pending() == 0 && flow.condition("Ready").status().equals("True");
      });
      assertThat(git.files()).containsExactly(FILE);
    }
  }

  @Test
  void pushThatWasTakenWithoutAWordIsNotMadeTwice() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      startAt(server);
      flow.untilLive();
      server.loseAnswers(true);
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.count("git.failures") == 1);
      server.loseAnswers(false);
      await().until(() -> {
        flow.advance(Duration.ofSeconds(1));
        return flow.pending() == 0;
      });
      assertThat(git.subjects()).containsExactly(LINE);
      await().until(() -> flow.condition("Ready").status().equals("True"));
    }
  }

  @Test
  void refusedPushThatSomebodyElseMakesIsNoTroubleAnyMore() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
      startAt(server);
      flow.untilLive();
      var hook = Files.writeString(git.directory().resolve("hooks/pre-receive"), "#!/bin/sh\nexit 1\n");
      assertThat(hook.toFile().setExecutable(true)).isTrue();
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.condition("Stalled").reason().equals("PushRejected"));

      Files.delete(hook);
      git.elsewhere("By hand", clone -> Git.write(clone, FILE, """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: my-config
            namespace: default
          data:
            key: a
          """));
      await().until(() -> {
        flow.advance(Duration.ofMinutes(1));
        return flow.condition("Ready").status().equals("True");
      });
      untilWritten();
      assertThat(git.subjects()).containsExactly("By hand", "Begin");
    }
  }

  @Test
  void pathThatNobodyWantsAnyLongerIsNoTrouble() {
    git.elsewhere("Begin", clone -> {
      Files.createDirectories(clone.resolve("clusters/prod/v1/configmaps"));
      Files.createSymbolicLink(clone.resolve("clusters/prod/v1/configmaps/default"), Path.of("../../../../outside"));
    });
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(flow.condition("PathAccepted").status()).isEqualTo("False");
    flow.delete("admin", config);
    flow.commit(1);
    flow.advance(Duration.ofMinutes(1));
    flow.compare();
    assertThat(flow.condition("PathAccepted").status()).isEqualTo("True");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "shallow", "packed-refs", "refs/remotes/origin/fetched"})
  void fileOfTheCloneThatIsHalfWrittenIsNoHindrance(String name) throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "before");
    flow.commit(1);
    flow.close();
    // What a file system leaves of a file when the power goes.
    Files.createDirectories(bareClone().resolve(name).getParent());
    Files.writeString(bareClone().resolve(name), "\0\0\0\0");
    git.elsewhere("Beside", clone -> Git.write(clone, "README.md", "read me"));

    startAgain();
    flow.apply("admin", "default", "my-config", "after");
    untilWritten();
    await().untilAsserted(() -> {
      untilWritten();
      assertThat(git.read(FILE)).contains("after");
    });
  }

  /** Whatever is the matter, time passes. */
  private void startAgain() {
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git);
    await().until(() -> {
      flow.advance(Duration.ofSeconds(1));
      return flow.bean(StartupGates.class).areOpen();
    });
    untilWritten();
  }

  @Test
  void cloneThatIsDamagedWhileItIsUsedIsMadeAgain() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    try (var paths = Files.walk(bareClone().resolve("objects"))) {
      paths.filter(Files::isRegularFile).toList().forEach(path -> path.toFile().delete());
    }
    flow.apply("admin", "default", "my-config", "b");
    flow.untilPending(1);
    untilWritten();
    assertThat(git.subjects()).containsExactly(LINE, LINE);
    assertThat(git.run("fsck", "--strict")).doesNotContain("error", "missing");
  }

  @Test
  void fileThatNobodyCouldReadIsLeftAlone() {
    git.elsewhere("Begin", clone -> Git.write(clone, "clusters/prod/v1/configmaps/default/large.yaml",
        "a: " + "b".repeat(FileGuard.LARGEST) + "\n"));
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.files()).containsExactly("clusters/prod/v1/configmaps/default/large.yaml", FILE);
    assertThat(flow.condition("PathAccepted").message()).contains("large.yaml");
  }

  @Test
  void namesThatFileSystemsDoNotLikeAreWrittenAndFoundAgain() {
    start(RULE + "api-groups=rbac.authorization.k8s.io", RULE + "resources=clusterroles");
    var names = List.of("system:node", "Node", "node", "dots...", "a".repeat(252) + "b", "a".repeat(252) + "c");
    names.forEach(name -> flow.apply("admin", role(name)));
    flow.commit(names.size());
    assertThat(git.files()).hasSize(names.size()).doesNotHaveDuplicates()
        .contains("clusters/prod/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode.yaml");
    var head = git.run("rev-parse", "main");
    flow.close();

    // Found again by what they hold: nothing to write, and nothing that is not its own.
    start(RULE + "api-groups=rbac.authorization.k8s.io", RULE + "resources=clusterroles");
    untilWritten();
    assertThat(git.run("rev-parse", "main")).isEqualTo(head);
    assertThat(flow.condition("PathAccepted").reason()).isEqualTo("Accepted");
    names.forEach(name -> flow.delete("admin", role(name)));
    flow.commit(names.size());
    assertThat(git.files()).isEmpty();
  }

  private ClusterRole role(String name) {
    var stored = local.client().rbac().clusterRoles().withName(name).get();
    return stored != null ? stored : new ClusterRoleBuilder().withNewMetadata().withName(name).endMetadata().build();
  }
}
