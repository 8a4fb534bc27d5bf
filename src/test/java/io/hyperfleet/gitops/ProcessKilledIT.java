package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.local.SpawnedFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process with the role gitops is killed while it commits, and everything is in Git in the end (R28 of
 * docs/reliability.md).
 */
@Tag("faults")
@Tag("slow")
class ProcessKilledIT {

  private static final int OBJECTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @TempDir
  Path directory;

  @Test
  void losesNoFinalStateWhenItIsKilledAtAnyMoment() throws Exception {
    var git = Git.bare(directory.resolve("fleet.git"));
    local.kubernetes().writeKubeconfig(directory.resolve("kubeconfig"));
    var random = Loops.random("R28");
    int value = 0;
    for (int loop = 0; loop < Loops.count(); loop++) {
      try (var process = start(git)) {
        int before = commits(git);
        for (int i = 0; i < OBJECTS; i++) {
          put("config-" + i, "value-" + value++);
        }
        await().atMost(PATIENCE).until(() -> commits(git) > before);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
        process.kill();
      }
      // The remote was written by the process that is gone; a server would end what it began.
      try (var files = Files.walk(git.directory())) {
        for (Path lock : files.filter(path -> path.toString().endsWith(".lock")).toList()) {
          Files.delete(lock);
        }
      }
      // What a kill may leave behind, and what others may do meanwhile: the last of them rewrite history.
      try (var clones = Files.list(directory.resolve("work"))) {
        Files.writeString(clones.filter(Files::isDirectory).findFirst().orElseThrow().resolve("shallow.lock"), "");
      }
      local.client().configMaps().inNamespace("default").withName("config-" + loop).delete();
      if (loop == Loops.count() - 1) {
        git.run("update-ref", "refs/heads/main", "main~1");
      } else {
        git.elsewhere("Beside", clone -> Git.write(clone, "README.md", "read me"));
      }
    }
    try (var process = start(git)) {
      // What was deleted in an earlier round was made again in the next one.
      await().atMost(PATIENCE).until(() -> isInGit(git)
          && git.files().stream().filter(path -> path.contains("config-")).count() == OBJECTS - 1);
      assertThat(git.run("fsck", "--strict")).doesNotContain("error", "missing");
      assertThat(git.run("log", "--merges", "--format=%s", "main")).isEmpty();
      assertThat(process.isAlive()).isTrue();
    }
    Loops.measured("R28", "%d kills while it commits, history rewritten once: %d commits, every final state in Git",
        Loops.count(), commits(git));
  }

  private SpawnedFleet start(Git git) throws IOException {
    var process = SpawnedFleet.start("gitops-killed", List.of("hyperfleet.roles=gitops",
        "hyperfleet.kubernetes.kubeconfig=" + directory.resolve("kubeconfig"),
        "hyperfleet.gitops.work-directory=" + directory.resolve("work"),
        "hyperfleet.gitops.repositories[0].name=fleet", "hyperfleet.gitops.repositories[0].url=" + git.url(),
        "hyperfleet.gitops.destinations[0].name=prod",
        "hyperfleet.gitops.destinations[0].rules[0].resources=configmaps",
        "hyperfleet.gitops.commit.window=0s", "hyperfleet.gitops.push.cooldown=0s"));
    await().atMost(PATIENCE).until(process::isReady);
    return process;
  }

  private void put(String name, String value) {
    local.client()
        .resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName(name).endMetadata()
            .addToData("key", value).build())
        .createOr(replace -> replace.update());
  }

  private static int commits(Git git) {
    return git.subjects().size();
  }

  private boolean isInGit(Git git) {
    return local.client().configMaps().inNamespace("default").list().getItems().stream()
        .allMatch(map -> holds(git, map));
  }

  private static boolean holds(Git git, ConfigMap map) {
    var path = "clusters/v1/configmaps/default/" + map.getMetadata().getName() + ".yaml";
    return git.files().contains(path) && git.read(path).contains("key: " + map.getData().get("key") + "\n");
  }
}
