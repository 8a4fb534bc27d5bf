package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The remote has a life of its own, and nothing is lost or forced (R28 of docs/reliability.md). */
class RemoteIT extends GitOpsIT {

  @Test
  void firstPushMakesTheBranch() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE);
    assertThat(git.run("fsck", "--strict")).doesNotContain("error");
  }

  @Test
  void newBranchStartsAtTheDefaultBranch() {
    git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
    start("hyperfleet.gitops.destinations[0].branch=feature/x");
    assertThat(git.run("branch", "--list", "feature/x")).isEmpty();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects("feature/x")).containsExactly(LINE, "Begin");
    assertThat(git.subjects()).containsExactly("Begin");
  }

  @Test
  void headMayNameABranchThatIsNotThere() {
    git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
    git.run("symbolic-ref", "HEAD", "refs/heads/gone");
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Begin");
  }

  @Test
  void othersCommitsAreKept() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    git.elsewhere("Beside", clone -> Git.write(clone, "README.md", "read me"));
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Beside", LINE);

    git.elsewhere("Same file",
        clone -> Git.write(clone, FILE, Files.readString(clone.resolve(FILE)).replace("key: b", "key: theirs")));
    flow.apply("admin", "default", "my-config", "c");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Same file", LINE, "Beside", LINE);
    assertThat(git.read(FILE)).contains("key: c");

    git.elsewhere("Ours already",
        clone -> Git.write(clone, FILE, Files.readString(clone.resolve(FILE)).replace("key: c", "key: d")));
    flow.apply("admin", "default", "my-config", "d");
    flow.commit(1);
    assertThat(git.subjects()).hasSize(6).first().isEqualTo("Ours already");
    assertThat(git.run("log", "--merges", "--format=%s", "main")).isEmpty();
    assertThat(flow.count("push.conflicts")).isEqualTo(3);
  }

  @Test
  void remoteThatMovesAgainAndAgainLosesNothing() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      startAt(server);
      flow.apply("admin", "default", "my-config", "a");
      flow.commit(1);
      int before = server.pushes();
      server.beforePush(() -> {
        if (server.pushes() - before <= 4) {
          git.elsewhere("Beside " + server.pushes(),
              clone -> Git.write(clone, "README.md", "moved " + server.pushes()));
        }
      });

      flow.apply("admin", "default", "my-config", "b");
      flow.apply("admin", "default", "other", "b");
      flow.untilPending(2);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.count("git.failures", "reason", "ConnectionFailed") == 1);
      assertThat(flow.pending()).isEqualTo(2);
      assertThat(flow.count("push.conflicts")).isEqualTo(3);

      flow.advance(Duration.ofSeconds(1));
      flow.untilPending(0);
      assertThat(git.subjects()).containsExactly("[UPDATE] 2 resources by user/admin", "Beside 5", "Beside 4",
          "Beside 3",
          "Beside 2", LINE);
      assertThat(git.read(FILE)).contains("key: b");
    }
  }

  @Test
  void refusedPushIsAConditionAndNoLoop() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      startAt(server);
      var hook = Files.writeString(git.directory().resolve("hooks/pre-receive"),
          "#!/bin/sh\necho protected >&2\nexit 1\n");
      assertThat(hook.toFile().setExecutable(true)).isTrue();
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      // The condition is there before the end of the pause is known, which the failure is counted after.
      await().until(() -> flow.count("git.failures") == 1);
      assertThat(flow.condition("Stalled").reason()).isEqualTo("PushRejected");
      assertThat(flow.condition("RepoReachable").status()).isEqualTo("True");
      flow.apply("admin", "default", "other", "a");
      flow.untilPending(2);
      flow.advance(GitOpsFlow.WINDOW);
      await().during(Duration.ofMillis(300)).until(() -> server.pushes() == 1);

      Files.delete(hook);
      flow.advance(Duration.ofMinutes(1));
      flow.untilPending(0);
      assertThat(git.files()).hasSize(2);
      assertThat(flow.condition("Ready").status()).isEqualTo("True");
    }
  }

  private void startAt(GitHttpServer server) throws IOException {
    var secret = Files.createDirectory(directory.resolve("secret"));
    Files.writeString(secret.resolve("ca.crt"), server.certificate());
    start("hyperfleet.gitops.repositories[0].url=" + server.url("fleet.git"),
        "hyperfleet.gitops.repositories[0].credentials=" + secret);
  }

  @Test
  void commitThatWasNotPushedIsMadeAgain() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    Files.move(git.directory(), directory.resolve("away.git"));
    flow.apply("admin", "default", "lost", "a");
    flow.untilPending(1);
    flow.advance(GitOpsFlow.WINDOW);
    await().until(() -> flow.count("git.failures") > 0);
    flow.close();
    Files.move(directory.resolve("away.git"), git.directory());

    // Nothing is left of the process, nor of its clone.
    start("hyperfleet.gitops.work-directory=" + directory.resolve("cold"));
    untilWritten();
    assertThat(git.files()).containsExactlyInAnyOrder(FILE, FILE.replace("my-config", "lost"));
    assertThat(git.subjects()).containsExactly("[CREATE] v1/configmaps/lost by system/reconciler", LINE);
  }

  @Test
  void rewrittenAndDeletedBranchesAreWrittenOn() {
    git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    git.elsewhere("Rewritten", clone -> {
      Git.run(clone, "update-ref", "-d", "HEAD");
      Git.write(clone, "README.md", "new");
    });
    flow.apply("admin", "default", "other", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/other by user/admin", "Rewritten");

    git.run("update-ref", "-d", "refs/heads/main");
    flow.apply("admin", "default", "third", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/third by user/admin");
  }

  @Test
  void outageKeepsTheLastStateOfEachFileAndPushesOnce() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "0");
    flow.commit(1);
    long pushes = flow.pushes();
    var away = directory.resolve("away.git");
    Files.move(git.directory(), away);

    for (int i = 1; i <= 1_000; i++) {
      flow.apply(i % 100 < 50 ? "alice" : "bob", "default", "config-" + i % 5, "value-" + i);
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> flow.count("events", "operation", "update") == 1_001);
    await().until(() -> {
      flow.advance(GitOpsFlow.WINDOW);
      return flow.count("git.failures", "reason", "ConnectionFailed") > 0 && flow.gauge("pending.writes") <= 5;
    });
    assertThat(flow.condition("RepoReachable").reason()).isEqualTo("ConnectionFailed");
    flow.advance(Duration.ofMinutes(10));

    Files.move(away, git.directory());
    await().until(() -> {
      flow.advance(Duration.ofMinutes(1));
      return flow.pending() == 0;
    });
    assertThat(flow.pushes()).isEqualTo(pushes + 1);
    for (int i = 996; i <= 1_000; i++) {
      assertThat(git.read(FILE.replace("my-config", "config-" + i % 5))).contains("key: value-" + i);
    }
  }

  @Test
  void damagedCloneIsMadeAgain() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    var clone = bareClone();
    try (var paths = Files.walk(clone.resolve("objects"))) {
      paths.sorted(Comparator.reverseOrder()).filter(Files::isRegularFile).forEach(path -> path.toFile().delete());
    }
    flow.close();

    start();
    untilWritten();
    flow.apply("admin", "default", "my-config", "b");
    flow.untilPending(1);
    untilWritten();
    assertThat(git.subjects()).containsExactly(LINE, LINE);
  }

  @Test
  void lockFilesOfAKilledProcessAreNoHindrance() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    flow.close();
    for (String name : List.of("shallow.lock", "packed-refs.lock", "HEAD.lock", "refs/remotes/origin/fetched.lock")) {
      Files.createDirectories(bareClone().resolve(name).getParent());
      Files.createFile(bareClone().resolve(name));
    }
    git.elsewhere("Beside", clone -> Git.write(clone, "README.md", "read me"));

    start();
    untilWritten();
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Beside", LINE);
  }

  @Test
  void destinationsOfOneBranchShareAWorker() {
    start("hyperfleet.gitops.repositories[1].name=again",
        "hyperfleet.gitops.repositories[1].url=" + git.url().replaceAll("/$", ""),
        "hyperfleet.gitops.destinations[0].repository=fleet", "hyperfleet.gitops.destinations[1].repository=again",
        "hyperfleet.gitops.destinations[1].name=second", "hyperfleet.gitops.destinations[1].base-folder=second",
        "hyperfleet.gitops.destinations[1].rules[0].resources=configmaps");
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(2);
    assertThat(git.subjects()).containsExactly(LINE, LINE);
    assertThat(flow.count("push.conflicts")).isZero();
    assertThat(flow.camel().getRoutes().stream().filter(route -> route.getRouteId().startsWith("gitops-branch-")))
        .hasSize(1);

    // One of them is taken away: its files stay, the other one goes on.
    flow.close();
    start();
    untilWritten();
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, LINE, LINE);
    assertThat(git.read("second/v1/configmaps/default/my-config.yaml")).contains("key: a");
    assertThat(git.read(FILE)).contains("key: b");
  }

  @Test
  void stopWritesWhatIsPending() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.close();
    flow = null;
    assertThat(git.subjects()).containsExactly(LINE);
  }
}
