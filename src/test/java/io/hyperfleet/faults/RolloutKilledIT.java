package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.SpawnedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two processes of all roles roll revisions out, and one of them is killed in each wave: the other goes on where it was
 * (I9), and everything becomes Ready.
 */
@Tag("faults")
@Tag("slow")
class RolloutKilledIT {

  private static final int CLUSTERS = 30;
  private static final int WAVES = 3;
  private static final Path KEEPER = Path.of("src/test/resources/adapters-under-test/keeper");

  private final Random random = Loops.random("rollout");
  private int started;

  @Test
  void noWaveIsLeftOutAndNoneMovesTwice() throws Exception {
    try (var stage = new Stage()) {
      stage.history.required.clear();
      stage.history.required.add("keeper");
      var location = Files.createDirectories(stage.folder().resolve("adapters"));
      ship(location, "example.com");
      Deque<SpawnedFleet> fleets = new ArrayDeque<>();
      fleets.add(spawn(stage, location));
      fleets.add(spawn(stage, location));
      for (int i = 0; i < CLUSTERS; i++) {
        assertThat(fleets.peek().send("POST", "/clusters", "{\"kind\": \"Cluster\", \"name\": \"c-" + i
            + "\", \"spec\": {\"host\": \"h-" + i + "\"}}").status()).isEqualTo(201);
      }
      await().atMost(Stage.CONVERGENCE)
          .until(() -> stage.count("select count(*) from adapter_rollouts where state = 'done'") == 1);

      int kills = 0;
      for (int loop = 0; loop < Loops.count(); loop++) {
        ship(location, "example-" + loop + ".com");
        await().atMost(Stage.PATIENCE)
            .until(() -> stage.count("select count(*) from adapter_rollouts where state = 'rolling'") == 1);
        for (int wave = 1; wave <= WAVES; wave++) {
          int now = wave;
          await().atMost(Stage.PATIENCE).until(() -> stage.count(
              "select count(*) from adapter_rollouts where state = 'done' or wave >= " + now) == 1);
          int told = random.nextInt(3);
          await().atMost(Stage.PATIENCE).until(() -> stage.count("select count(*) from adapter_rollouts where state = "
              + "'done'") == 1
              || stage.count("select count(*) from rollout_resources where event_time is not null") >= told);
          fleets.poll().kill();
          kills++;
          fleets.add(spawn(stage, location));
        }
        await().atMost(Stage.PATIENCE)
            .until(() -> stage.count("select count(*) from adapter_rollouts where state = 'done'") == 1);
      }

      var took = stage.awaitConverged();
      await().atMost(Stage.CONVERGENCE).until(() -> stage.count(
          "select count(*) from adapter_statuses s join wanted_revisions w on w.adapter = s.adapter "
              + "where s.adapter_revision <> w.digest") == 0);
      assertThat(stage.count("select count(distinct digest) from history.rollouts where wave = " + WAVES))
          .isEqualTo(Loops.count());
      Loops.measured("rollout", "%d rollouts of %d waves with %d kills, Ready %d ms after the last", Loops.count(),
          WAVES, kills, took.toMillis());
      stage.assertInvariants();
    }
  }

  private SpawnedFleet spawn(Stage stage, Path location) throws IOException {
    return stage.spawn("rollout-" + started++, "hyperfleet.adapters.location=" + location,
        "hyperfleet.adapters.enabled=keeper", "hyperfleet.kinds.clusters.required-adapters=keeper",
        "hyperfleet.adapters.announce-interval=500ms", "hyperfleet.adapters.reload-interval=500ms",
        "hyperfleet.rollouts.interval=300ms", "hyperfleet.rollouts.rate=10");
  }

  private static void ship(Path location, String domain) throws IOException {
    var folder = Files.createDirectories(location.resolve("keeper"));
    write(folder.resolve("record.yaml"), Files.readString(KEEPER.resolve("record.yaml")).replace("example.com",
        domain));
    write(folder.resolve("adapter.yaml"), Files.readString(KEEPER.resolve("adapter.yaml")) + """
          rollout:
            waves:
              - percent: 20
              - percent: 50
              - percent: 100
            pause: 1s
            haltWhen: {percent: 100, within: 10m}
        """);
  }

  private static void write(Path file, String text) throws IOException {
    var next = Files.writeString(file.getParent().resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
