package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.History;
import io.hyperfleet.faults.stage.Load;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.SpawnedFleet;
import java.io.IOException;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes are restarted in turn, under load and with SIGTERM: two with all roles, and one of each role: R25. */
@Tag("faults")
@Tag("slow")
class RollingRestartIT {

  /** Camel's 20 seconds for what is in flight, and what is closed after it. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final int BATCH = 500;

  @Test
  void whatIsInWorkIsReportedBeforeTheApiStops() throws Exception {
    try (var stage = new Stage()) {
      var fleet = stage.local("hyperfleet.adapters.enabled=validation", "camel.component.http.response-timeout=60000",
          "spring.datasource.hikari.data-source-properties.options=-c lock_timeout=60s -c statement_timeout=60s");
      try (var connection = DriverManager.getConnection(stage.postgres.jdbcUrl())) {
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table adapter_statuses in exclusive mode");
        fleet.createCluster("in-work");
        await().until(() -> stage.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
        assertThat(stage.count("select count(*) from history.reports")).isZero();

        var closed = CompletableFuture.runAsync(fleet::close);
        await().until(() -> fleet.management("/readyz").body().path("status").asText().equals("shutting_down"));
        connection.rollback();
        closed.join();
      }

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
        Loops.measured("R25",
            "%d restarts with SIGTERM: answers %s, %d events, %d of them delivered twice, stopped within %s, "
                + "Ready %d ms after the last",
            Loops.count(), load.statuses(), events.size(), doubled, stops, took.toMillis());
      }
      stage.assertInvariants();
    }
  }

  /** As the chart runs them: a process for each role, of which the new one is ready before the old one goes. */
  @Test
  void replacesEveryRoleUnderLoad() throws Exception {
    try (var stage = new Stage()) {
      var repository = stage.folder().resolve("fleet.git");
      var api = stage.begin("role-api", Map.of(), "hyperfleet.roles=api");
      var toApi = stage.inFrontOf(api.apiPort());
      Role role = name -> stage.begin("role-" + name, Map.of(), "hyperfleet.roles=" + name.replaceAll("-.*", ""),
          "hyperfleet.api.base-url=http://localhost:" + toApi.port(),
          "hyperfleet.local.gitops=" + name.startsWith("gitops"),
          "hyperfleet.local.repository=" + repository);
      stage.awaitReady(api);
      var running = new TreeMap<String, SpawnedFleet>();
      for (String name : List.of("outbox", "sentinel", "adapters", "gitops")) {
        running.put(name, role.start(name));
      }
      running.values().forEach(stage::awaitReady);
      running.put("api", api);
      var stops = new TreeMap<String, Duration>();
      try (var load = Load.start("role-", 500, () -> body -> running.get("api").send("POST", "/clusters", body))) {
        for (String name : List.copyOf(running.keySet())) {
          int before = load.created().size();
          await().atMost(Stage.PATIENCE).until(() -> load.created().size() >= before + 10);
          var next = role.start(name + "-next");
          stage.awaitReady(next);
          if (name.equals("api")) {
            toApi.turnTo(next.apiPort());
          }
          var former = running.put(name, next);
          // Whoever had just looked up the former one has been answered by it.
          int after = load.created().size();
          await().atMost(Stage.PATIENCE).until(() -> load.created().size() >= after + 2);
          stops.put(name, former.terminate());
        }
        load.close();
        assertThat(load.statuses().keySet()).isSubsetOf(201, 409);
        var took = stage.awaitConverged();
        await().atMost(Stage.CONVERGENCE).untilAsserted(
            () -> assertThat(Stage.jobsIn(repository)).containsExactlyInAnyOrderElementsOf(stage.jobsInKubernetes()));
        assertThat(stops.values()).allSatisfy(stop -> assertThat(stop).isLessThan(LONGEST_STOP));
        Loops.measured("R25",
            "each role replaced under load: answers %s, %d Jobs, all in Git, stopped within %s, Ready %d ms "
                + "after the last",
            load.statuses(), stage.jobsInKubernetes().size(), stops, took.toMillis());
      }
      stage.assertInvariants();
    }
  }

  private interface Role {
    SpawnedFleet start(String name) throws IOException;
  }
}
