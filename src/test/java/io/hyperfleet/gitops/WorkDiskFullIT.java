package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk that the clones lie on is full (R28 of docs/reliability.md). */
@Tag("faults")
class WorkDiskFullIT extends GitOpsIT {

  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount("R28 disk full", "size=1m");
  }

  @AfterEach
  void unmount() throws Exception {
    if (flow != null) {
      flow.close();
      flow = null;
    }
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void fullDiskIsAConditionUntilThereIsRoom() throws Exception {
    start("hyperfleet.gitops.work-directory=" + disk.directory().resolve("work"));
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    var filler = disk.directory().resolve("filler");
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
}
