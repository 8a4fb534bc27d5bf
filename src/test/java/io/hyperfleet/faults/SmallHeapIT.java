package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A fleet of many clusters in a heap of 128 MB: R26. What is done costs what is due, whatever the size of the fleet.
 */
@Tag("faults")
@Tag("slow")
class SmallHeapIT {

  private static final int FLEET = Integer.getInteger("faults.clusters", 100_000);
  private static final int DUE = 100;

  @Test
  void servesAGreatFleetInASmallHeap() throws Exception {
    try (var stage = new Stage()) {
      var fleet = stage.begin("small-heap", List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"), Map.of(),
          "hyperfleet.re-evaluation.pause=1h");
      stage.awaitReady(fleet);
      stage.database.sql("alter table resources disable trigger user").update();
      stage.database.sql("""
          insert into resources (id, kind, name, href, spec, phase, status_last_updated_time, status_last_transition_time,
            created_time, updated_time, created_by, updated_by)
          select md5(i::text)::uuid, 'Cluster', 'fleet-' || i, '/api/hyperfleet/v1/clusters/' || md5(i::text)::uuid,
            '{"region": "us-east1"}', case when i <= %d then 'NotReady' else 'Ready' end, now(), now(), now(), now(),
            'test', 'test'
          from generate_series(1, %d) i""".formatted(DUE, FLEET)).update();
      stage.database.sql("alter table resources enable trigger user").update();
      stage.database.sql("""
          insert into resource_schedules (resource_id, kind, next_event_time)
          select id, kind, now() + case when phase = 'NotReady' then interval '0' else interval '1 hour' end
          from resources where name like 'fleet-%'""").update();

      for (int i = 0; i < 10; i++) {
        fleet.createCluster("beside-" + i);
      }
      assertThat(fleet.send("GET", "/clusters?size=100&page=50", null).status()).isEqualTo(200);

      await().atMost(Stage.PATIENCE).pollInterval(Duration.ofSeconds(1))
          .until(() -> stage.count("select count(*) from resources where phase = 'NotReady'") == 0);
      await().until(fleet::isReady);
      var stop = fleet.terminate();
      assertThat(fleet.log()).doesNotContain("OutOfMemoryError");
      Loops.measured("R26",
          "-Xmx128m, %d clusters: %d that were due at once and 10 new ones Ready, stopped within %d ms",
          FLEET, DUE, stop.toMillis());
    }
  }
}
