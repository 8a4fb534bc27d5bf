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

/** The remote has a life of its own, and nothing is lost or forced (GitOps contract 3.D; faults R28). */
class RemoteTest extends GitOpsTest {

  @Test
  void case38FirstPushMakesTheBranch() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE);
    assertThat(git.run("fsck", "--strict")).doesNotContain("error");
  }

  @Test
  void case39NewBranchStartsAtTheDefaultBranch() {
    git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
    start("hyperfleet.gitops.destinations[0].branch=feature/x");
    assertThat(git.run("branch", "--list", "feature/x")).isEmpty();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects("feature/x")).containsExactly(LINE, "Begin");
    assertThat(git.subjects()).containsExactly("Begin");
  }

  @Test
  void case40HeadMayNameABranchThatIsNotThere() {
    git.elsewhere("Begin", clone -> Git.write(clone, "README.md", "read me"));
    git.run("symbolic-ref", "HEAD", "refs/heads/gone");
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Begin");
  }

  @Test
  void case41And42OthersCommitsAreKept() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);

    git.elsewhere("Beside", clone -> Git.write(clone, "README.md", "read me"));
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Beside", LINE);

    git.elsewhere("Same file", clone -> Git.write(clone, FILE, "key: theirs\n"));
    flow.apply("admin", "default", "my-config", "c");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Same file", LINE, "Beside", LINE);
    assertThat(git.read(FILE)).contains("key: c");

    git.elsewhere("Ours already", clone ->
        Git.write(clone, FILE, Files.readString(clone.resolve(FILE)).replace("key: c", "key: d")));
    flow.apply("admin", "default", "my-config", "d");
    flow.commit(1);
    assertThat(git.subjects()).hasSize(6).first().isEqualTo("Ours already");
    assertThat(git.run("log", "--merges", "--format=%s", "main")).isEmpty();
    assertThat(flow.count("push.conflicts")).isEqualTo(3);
  }

  @Test
  void case44And45RewrittenAndDeletedBranchesAreWrittenOn() {
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
  void case50OutageKeepsTheLastStateOfEachFileAndPushesOnce() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "0");
    flow.commit(1);
    long pushes = flow.pushes();
    var away = directory.resolve("away.git");
    Files.move(git.directory(), away);

    for (int i = 1; i <= 30; i++) {
      flow.apply(i % 2 == 0 ? "alice" : "bob", "default", "config-" + i % 5, "value-" + i);
    }
    await().until(() -> flow.count("events", "operation", "update") == 31);
    flow.advance(GitOpsFlow.WINDOW);
    await().until(() -> flow.count("git.failures", "reason", "ConnectionFailed") > 0);
    await().until(() -> flow.gauge("pending.writes") <= 5);

    Files.move(away, git.directory());
    flow.advance(Duration.ofMinutes(1));
    flow.untilPending(0);
    assertThat(flow.pushes()).isEqualTo(pushes + 1);
    for (int i = 26; i <= 30; i++) {
      assertThat(git.read(FILE.replace("my-config", "config-" + i % 5))).contains("key: value-" + i);
    }
  }

  @Test
  void case51DamagedCloneIsMadeAgain() throws IOException {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    var clone = bareClone();
    try (var paths = Files.walk(clone.resolve("objects"))) {
      paths.sorted(Comparator.reverseOrder()).filter(Files::isRegularFile).forEach(path -> path.toFile().delete());
    }
    flow.close();

    start();
    settle();
    flow.apply("admin", "default", "my-config", "b");
    flow.untilPending(1);
    settle();
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
    settle();
    flow.apply("admin", "default", "my-config", "b");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Beside", LINE);
  }

  @Test
  void case52And53DestinationsOfOneBranchShareAWorker() {
    start("hyperfleet.gitops.repositories[1].name=again", "hyperfleet.gitops.repositories[1].url=" + git.url().replaceAll("/$", ""),
        "hyperfleet.gitops.destinations[0].repository=fleet", "hyperfleet.gitops.destinations[1].repository=again",
        "hyperfleet.gitops.destinations[1].name=second", "hyperfleet.gitops.destinations[1].base-folder=second",
        "hyperfleet.gitops.destinations[1].rules[0].resources=configmaps");
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(2);
    assertThat(git.subjects()).containsExactly(LINE, LINE);
    assertThat(flow.count("push.conflicts")).isZero();
    assertThat(flow.camel().getRoutes().stream().filter(route -> route.getRouteId().startsWith("gitops-branch-"))).hasSize(1);
  }

  @Test
  void case54StopWritesWhatIsPending() {
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.close();
    flow = null;
    assertThat(git.subjects()).containsExactly(LINE);
  }

  /** Ends windows and pauses until nothing is pending. */
  private void settle() {
    await().atMost(Duration.ofSeconds(20)).until(() -> {
      flow.advance(Duration.ofSeconds(10));
      return flow.gauge("pending.writes") == 0;
    });
  }

  private Path bareClone() throws IOException {
    try (var paths = Files.list(directory.resolve("work"))) {
      return paths.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }
}
