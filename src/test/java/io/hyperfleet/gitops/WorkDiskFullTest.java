package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.Skips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk that the clones lie on is full: R28, case 51 of the GitOps contract. */
@Tag("faults")
class WorkDiskFullTest extends GitOpsTest {

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createTempDirectory("hyperfleet-small-disk");
    Skips.unless(run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0777", "hyperfleet", disk.toString()),
        "R28 disk full", "this machine cannot mount a small file system (needs root and mount)");
  }

  @AfterEach
  void unmount() throws Exception {
    if (flow != null) {
      flow.close();
      flow = null;
    }
    run("umount", disk.toString());
    Files.delete(disk);
  }

  @Test
  void case51FullDiskIsAConditionUntilThereIsRoom() throws Exception {
    start("hyperfleet.gitops.work-directory=" + disk.resolve("work"));
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    var filler = disk.resolve("filler");
    try (var output = Files.newOutputStream(filler)) {
      while (true) {
        output.write(new byte[512]);
      }
    } catch (IOException full) {
      // Until the disk is full.
    }

    flow.apply("admin", "default", "my-config", "b");
    flow.untilPending(1);
    flow.advance(GitOpsFlow.WINDOW);
    await().until(() -> flow.condition("RepoReachable").reason().equals("LocalStoreFailed"));
    assertThat(flow.gauge("pending.writes")).isEqualTo(1);

    Files.delete(filler);
    await().until(() -> {
      flow.advance(Duration.ofMinutes(1));
      return flow.gauge("pending.writes") == 0;
    });
    assertThat(git.subjects()).containsExactly(LINE, LINE);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(Path.of("/dev/null").toFile()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
