package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.faults.stage.Gate;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.SpawnedFleet;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API's process is killed while it creates: R3. A client that asks again gets one cluster, and never a twin. */
@Tag("faults")
@Tag("slow")
class ApiKilledIT {

  private static final String API = "hyperfleet.roles=api";
  /** However long this test takes at a gate, who waits there does not give up before it is killed. */
  private static final String PATIENT = "spring.datasource.hikari.data-source-properties.options=-c lock_timeout=60s "
      + "-c statement_timeout=60s";
  private static final int CALLERS = 8;

  private Stage stage;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage();
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void leavesNothingOfACreateThatHadNotCommitted() throws Exception {
    try (var api = stage.spawn("api-writing", API, PATIENT);
        var gate = Gate.beforeTheEvent(stage.postgres, stage.database)) {
      var answer = CompletableFuture.supplyAsync(() -> status(api, "half"));
      gate.awaitSomebody();
      api.kill();
      assertThat(answer.join()).isZero();
    }
    try (var api = stage.spawn("api-writing", API)) {
      assertThat(stage.count("select count(*) from resources")).isZero();
      assertThat(stage.count("select count(*) from outbox")).isZero();
      assertThat(status(api, "half")).isEqualTo(201);
    }
  }

  @Test
  void keepsBothRowsOfACreateWhoseCommitHadBegun() throws Exception {
    try (var api = stage.spawn("api-committing", API, PATIENT);
        var gate = Gate.inTheCommit(stage.postgres, stage.database)) {
      var answer = CompletableFuture.supplyAsync(() -> status(api, "whole"));
      gate.awaitSomebody();
      api.kill();
      assertThat(answer.join()).isZero();
    }
    try (var api = stage.spawn("api-committing", API)) {
      assertThat(status(api, "whole")).as("the client asks again").isEqualTo(409);
      assertThat(stage.count("select count(*) from resources")).isEqualTo(1);
      assertThat(stage.count("select count(*) from outbox")).isEqualTo(1);
    }
  }

  @Test
  void neverMakesATwinNorForgetsWhatItAnswered() throws Exception {
    var random = Loops.random("R3");
    Map<String, Integer> answers = new ConcurrentHashMap<>();
    var callers = Executors.newFixedThreadPool(CALLERS);
    try {
      for (int loop = 0; loop < Loops.count(); loop++) {
        try (var api = stage.spawn("api-any", API)) {
          answers.keySet().forEach(name -> assertThat(status(api, name)).as(name)
              .isIn(answers.get(name) == 201 ? new Integer[]{409} : new Integer[]{201, 409}));
          answers.replaceAll((name, status) -> 201);
          var calls = new ArrayList<CompletableFuture<Void>>();
          for (int caller = 0; caller < CALLERS; caller++) {
            var prefix = "any-" + loop + "-" + caller + "-";
            calls.add(CompletableFuture.runAsync(() -> createUntilKilled(api, prefix, answers), callers));
          }
          TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(500));
          api.kill();
          calls.forEach(CompletableFuture::join);
        }
      }
    } finally {
      callers.shutdownNow();
    }
    try (var fleet = stage.spawn("api-any", "hyperfleet.roles=api,outbox")) {
      var unanswered = answers.values().stream().filter(status -> status == 0).count();
      answers.forEach((name, status) -> assertThat(status(fleet, name)).as(name)
          .isIn(status == 201 ? new Integer[]{409} : new Integer[]{201, 409}));
      assertThat(stage.count("select count(*) from resources")).isEqualTo(answers.size());
      assertThat(stage.count("select count(*) from outbox where reason = 'created'")).isEqualTo(answers.size());
      stage.awaitPublished();
      stage.awaitConverged();
      Loops.measured("R3", "%d kills with %d callers: %d clusters, %d of the last creates without an answer",
          Loops.count(), CALLERS, answers.size(), unanswered);
    }
    stage.history.unconverged.clear();
    stage.assertInvariants();
  }

  private static void createUntilKilled(SpawnedFleet api, String prefix, Map<String, Integer> answers) {
    for (int i = 0; api.isAlive(); i++) {
      answers.put(prefix + i, status(api, prefix + i));
    }
  }

  /** The status of a create, or 0 when there is no answer. */
  private static int status(SpawnedFleet api, String name) {
    try {
      return api.send("POST", "/clusters", SpawnedFleet.cluster(name)).status();
    } catch (IllegalStateException e) {
      return 0;
    }
  }
}
