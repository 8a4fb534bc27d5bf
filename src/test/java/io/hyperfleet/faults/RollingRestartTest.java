package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.kubernetes.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes with all roles are restarted in turn, under load and with SIGTERM: R25. */
@Tag("faults")
@Tag("slow")
class RollingRestartTest {

  /** Camel's 20 seconds for what is in flight, and what is closed after it. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final int BATCH = 500;

  @Test
  void whatIsInWorkIsReportedBeforeTheApiStops() throws Exception {
    try (var stage = new Stage()) {
      var fleet = stage.local("hyperfleet.kubernetes.retries=0");
      stage.toKubernetes.delay(Duration.ofMillis(400));
      stage.kubernetes.clearRequests();
      fleet.createCluster("in-work");
      await().until(() -> stage.kubernetes.requests().stream().anyMatch(Call.of("get", "jobs")));
      assertThat(stage.count("select count(*) from history.reports where adapter = 'validation'")).isZero();

      fleet.close();

      assertThat(stage.count("select count(*) from history.reports where adapter = 'validation'")).isPositive();
    }
  }

  @Test
  void losesNothingAndStopsInTime() throws Exception {
    try (var stage = new Stage()) {
      var serving = new AtomicReference<>(stage.spawn("rolling-0"));
      var leaving = stage.spawn("rolling-1");
      var stops = new ArrayList<Duration>();
      try (var load = Load.start("rolling-", 500, () -> body -> serving.get().send("POST", "/clusters", body))) {
        for (int loop = 0; loop < Loops.count(); loop++) {
          int before = load.created().size();
          await().atMost(Stage.PATIENCE).until(() -> load.created().size() >= before + 10);
          stops.add(leaving.terminate());
          var started = stage.spawn("rolling-" + (loop + 2));
          leaving = serving.getAndSet(started);
        }
        load.close();
        assertThat(load.statuses().keySet()).isSubsetOf(201, 409);
        var took = stage.awaitConverged();
        var events = stage.events.events();
        long doubled = events.size() - events.stream().map(History.Event::id).distinct().count();
        assertThat(doubled).isLessThanOrEqualTo((long) BATCH * Loops.count());
        assertThat(stops).allSatisfy(stop -> assertThat(stop).isLessThan(LONGEST_STOP));
        Loops.measured("R25", "%d restarts with SIGTERM: answers %s, %d events, %d of them delivered twice, stopped within %s, "
            + "Ready %d ms after the last", Loops.count(), load.statuses(), events.size(), doubled, stops, took.toMillis());
      }
      stage.assertInvariants();
    }
  }
}
