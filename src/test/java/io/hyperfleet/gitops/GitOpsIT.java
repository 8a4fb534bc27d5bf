package io.hyperfleet.gitops;

import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test with a local Kubernetes, a bare repository, a clock of its own, and a reverser between them once it is
 * started.
 */
abstract class GitOpsIT {

  /** The file of the object that most tests change. */
  static final String FILE = "clusters/prod/v1/configmaps/default/my-config.yaml";
  /** The subject of a commit of that change. */
  static final String LINE = "[UPDATE] v1/configmaps/my-config by user/admin";

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @TempDir
  Path directory;

  final TestClock clock = new TestClock();
  Git git;
  GitOpsFlow flow;

  @BeforeEach
  void startRepository() {
    git = Git.bare(directory.resolve("fleet.git"));
  }

  @AfterEach
  void stop() {
    if (flow != null) {
      flow.close();
    }
  }

  void start(String... properties) {
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git, properties).untilLive();
  }

  /**
   * Ends windows and pauses until nothing is pending. Time passes no further than it has to, for an event or a failure,
   * so that waiting for long is no reason for a comparison.
   */
  void untilWritten() {
    var seen = new AtomicReference<>(-1.0);
    await().until(() -> {
      double now = flow.count("events") + flow.count("git.failures");
      if (seen.getAndSet(now) != now) {
        flow.advance(Duration.ofSeconds(10));
      }
      return flow.pending() == 0;
    });
  }

  /** The reverser's clone of the repository. */
  Path bareClone() throws IOException {
    try (var paths = Files.list(directory.resolve("work"))) {
      return paths.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }
}
