package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.SkewedClock;
import io.hyperfleet.faults.stage.Skips;
import io.hyperfleet.faults.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose clocks are minutes apart, and one that steps back while it runs: R22. */
@Tag("faults")
@Tag("slow")
class ClocksIT {

  private static final Duration MINUTES = Duration.ofMinutes(10);
  private static final int CLUSTERS = 10;

  @TempDir
  Path folder;

  @Test
  void onlyTheDatabasesClockCounts() throws Exception {
    Skips.unless(SkewedClock.isPossible(), "R22 clocks", "moving a process' clock needs Linux and a C compiler (cc)");
    var early = SkewedClock.by(MINUTES.negated(), folder);
    var late = SkewedClock.by(MINUTES, folder);
    try (var stage = new Stage()) {
      var api = stage.begin("clock-late", late.environment(), "hyperfleet.roles=api,outbox,sentinel");
      var url = "hyperfleet.api.base-url=http://localhost:" + api.apiPort();
      stage.awaitReady(api);
      var first = stage.begin("clock-early", early.environment(), "hyperfleet.roles=adapters", url);
      var second = stage.begin("clock-late-too", late.environment(), "hyperfleet.roles=adapters", url);
      stage.awaitReady(first);
      stage.awaitReady(second);
      assertThat(first.log()).as("the process' clock is early")
          .doesNotContain(Instant.now().toString().substring(0, "2026-01-01T00:00".length()));

      for (int i = 0; i < CLUSTERS; i++) {
        api.createCluster("apart-" + i);
      }
      var apart = stage.awaitConverged();
      late.move(MINUTES.negated());
      early.move(MINUTES);
      for (int i = 0; i < CLUSTERS; i++) {
        api.createCluster("stepped-" + i);
      }
      var stepped = stage.awaitConverged();

      assertThat(stage.count("select count(*) from history.reports where report_time > now()")).isZero();
      assertThat(stage.count("select count(*) from outbox where created_time > now() or published_time > now()"))
          .isZero();
      assertThat(stage.count("select count(*) from resource_schedules "
          + "where next_event_time > now() + interval '40 minutes'")).isZero();
      assertThat(stage.count("select count(*) from resource_conditions where last_transition_time < created_time"))
          .isZero();
      Loops.measured("R22",
          "clocks 20 minutes apart: %d clusters Ready after %d ms; both stepped 20 minutes: after %d ms",
          CLUSTERS, apart.toMillis(), stepped.toMillis());
      stage.assertInvariants();
    }
  }
}
