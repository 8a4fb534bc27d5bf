package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Skips;
import io.hyperfleet.faults.stage.SmallDisk;
import io.hyperfleet.faults.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The disk that the outbox lies on is full: R5. */
@Tag("faults")
@Tag("slow")
class DiskFullIT {

  @Test
  void answersUnavailableUntilThereIsRoom() throws Exception {
    try (var disk = SmallDisk.mount("R5 disk full", "size=16m,uid=65534,gid=65534"); var stage = new Stage()) {
      var fleet = stage.local("hyperfleet.roles=api,outbox");
      Skips.unless(succeeds(stage, "create tablespace small location '" + disk.directory() + "'"), "R5 disk full",
          "PostgreSQL's user cannot use a file system that is mounted here");
      stage.database.sql("alter table outbox set tablespace small").update();
      stage.database.sql("create table filler (text text) tablespace small").update();
      while (succeeds(stage, "insert into filler select repeat('x', 2000) from generate_series(1, 100)")) {
        // Until the disk is full.
      }
      int created = 0;
      while (fleet.createClusterAnswer("full-" + created).status() == 201) {
        created++;
      }
      var answer = fleet.createClusterAnswer("full-" + created);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();

      stage.database.sql("drop table filler").update();

      await().atMost(Stage.CONVERGENCE).until(() -> fleet.createClusterAnswer("after-full").status() == 201);
      stage.awaitPublished();
      await().atMost(Stage.CONVERGENCE)
          .until(() -> stage.events.messages().size() >= stage.count("select count(*) from outbox"));
      Loops.measured("R5", "disk full: %d creates still found room, then 503, then served again", created);
      stage.assertInvariants();
    }
  }

  private static boolean succeeds(Stage stage, String sql) {
    try {
      stage.database.sql(sql).update();
      return true;
    } catch (DataAccessException e) {
      return false;
    }
  }
}
