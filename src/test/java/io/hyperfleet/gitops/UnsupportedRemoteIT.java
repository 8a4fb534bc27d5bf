package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.gitops.watch.ClusterObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Remotes that Git's library cannot write, and those whose hooks say why they refuse: the condition tells what is
 * wrong.
 */
class UnsupportedRemoteIT extends GitOpsIT {

  private void startAt(GitHttpServer server, String repository) throws IOException {
    var secret = Files.createDirectories(directory.resolve("secret"));
    Files.writeString(secret.resolve("ca.crt"), server.certificate());
    startAt(server.url(repository), "hyperfleet.gitops.repositories[0].credentials=" + secret);
  }

  private void startAt(String url, String... more) {
    var properties = new ArrayList<>(List.of(more));
    properties.add("hyperfleet.gitops.repositories[0].url=" + url);
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git, properties.toArray(String[]::new));
    await().until(() -> flow.bean(ClusterObjects.class).isComplete("prod"));
  }

  @ParameterizedTest
  @CsvSource({"https, empty", "https, begun", "file, empty", "file, begun"})
  void repositoryOfAnotherObjectFormatIsNamedAsSuch(String scheme, String content) throws IOException {
    var repository = directory.resolve("other.git");
    Git.run(directory, "init", "--quiet", "--bare", "--initial-branch=main", "--object-format=sha256",
        repository.toString());
    if (content.equals("begun")) {
      begin(repository);
    }
    try (var server = new GitHttpServer(directory)) {
      if (scheme.equals("https")) {
        startAt(server, "other.git");
      } else {
        startAt(repository.toUri().toString());
      }
      await().until(() -> flow.count("git.failures") > 0);
      assertThat(flow.condition("Stalled").reason()).isEqualTo("RepositoryUnsupported");
      assertThat(flow.condition("RepoReachable").message()).contains("other.git")
          .contains("uses the object format SHA-256");
    }
  }

  private void begin(Path repository) throws IOException {
    var work = Files.createDirectories(directory.resolve("begin"));
    Git.run(work, "init", "--quiet", "--initial-branch=main", "--object-format=sha256");
    Git.run(work, "-c", "user.name=Else", "-c", "user.email=else@example.com", "commit", "--quiet", "--allow-empty",
        "-m", "Begin");
    Git.run(work, "push", "--quiet", repository.toString(), "main");
  }

  @Test
  void shallowCloneIsNamedAsSuch() throws IOException {
    git.elsewhere("One", clone -> Git.write(clone, "README.md", "one"));
    git.elsewhere("Two", clone -> Git.write(clone, "README.md", "two"));
    Git.run(directory, "clone", "--quiet", "--bare", "--depth", "1", git.url(), "shallow.git");
    try (var server = new GitHttpServer(directory)) {
      startAt(server, "shallow.git");
      flow.untilLive();
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.count("git.failures") > 0);
      assertThat(flow.condition("Stalled").message()).contains("shallow.git is a shallow clone")
          .contains("git fetch --unshallow");
    }
  }

  @Test
  void wordsOfAHookAreInTheConditionOnOneBoundedLine() throws IOException {
    try (var server = new GitHttpServer(directory)) {
      startAt(server, "fleet.git");
      flow.untilLive();
      var hook = Files.writeString(git.directory().resolve("hooks/pre-receive"), """
          #!/bin/sh
          printf '\\033[31mNo pushes on Friday\\033[0m\\r\\n' >&2
          printf '\\033]0;title\\007see https://me:secret@wiki.example.com/pushes\\n' >&2
          i=0; while [ $i -lt 300 ]; do echo "and another line" >&2; i=$((i+1)); done
          exit 1
          """);
      assertThat(hook.toFile().setExecutable(true)).isTrue();
      flow.apply("admin", "default", "my-config", "a");
      flow.untilPending(1);
      flow.advance(GitOpsFlow.WINDOW);
      await().until(() -> flow.count("git.failures") == 1);
      assertThat(flow.condition("Stalled").reason()).isEqualTo("PushRejected");
      assertThat(flow.condition("Stalled").message())
          .contains(
              "pre-receive hook declined; server message: No pushes on Friday see https://wiki.example.com/pushes "
                  + "and another line")
          .doesNotContain("secret").doesNotMatch("(?s).*\\p{Cntrl}.*").hasSizeLessThan(900);
    }
  }
}
