package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.faults.stage.EventLog;
import io.hyperfleet.faults.stage.Gate;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.SpawnedFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;

/**
 * A Job runs once a generation and attempt, with two replicas of its adapter and events that come several times:
 * whether it succeeds, fails, is tried again or hangs, is deleted by Kubernetes or by hand, is replaced, or its report
 * is lost with its adapter or its API (R18).
 */
@Tag("faults")
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class OneRunIT {

  private static final List<String> ADAPTERS = List.of("runner", "finisher", "binder");
  /** What becomes of the Jobs of a cluster; those of the adapter finisher have two attempts. */
  private static final List<String> SPECS = List.of(
      "\"ttl\":0",
      "\"ttl\":0,\"fail\":\"no luck\",\"bindFail\":\"no luck\"",
      "\"ttl\":0,\"finish\":\"line\"",
      "\"finish\":\"line\",\"fail\":\"no luck\"",
      "\"finish\":\"line\",\"stuck\":\"Unschedulable\",\"bindStuck\":\"Unschedulable\"",
      "\"stuck\":\"ImagePullBackOff\"");
  private static final int COPIES = 3;

  private final Random random = Loops.random("R18");
  private final Map<String, String> clusters = new LinkedHashMap<>();
  private Stage stage;
  private LocalFleet fleet;
  private FaultProxy toApi;
  private String[] adapters;

  @BeforeAll
  void start() throws Exception {
    stage = new Stage();
    stage.history.required.clear();
    stage.history.required.addAll(List.of("runner", "binder"));
    int port = LocalFleet.freePort();
    toApi = new FaultProxy(port);
    adapters = new String[]{"hyperfleet.adapters.location=src/test/resources/adapters-under-test",
        "hyperfleet.adapters.enabled=" + String.join(",", ADAPTERS),
        "hyperfleet.kinds.clusters.required-adapters=runner,binder",
        "hyperfleet.api.base-url=http://localhost:" + toApi.port()};
    fleet = stage.local(with("server.port=" + port, "hyperfleet.roles=api,outbox,adapters"));
    stage.local(with("hyperfleet.roles=adapters"));
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
    toApi.close();
  }

  private String[] with(String... more) {
    var all = new ArrayList<>(List.of(adapters));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aJobRunsOnceAGenerationAndAttempt() throws Exception {
    killedBetweenCreationAndReport();
    noApiAtTheEnd();
    deletedByHand();
    newGenerations();
    deletedByHand();

    everybodyHasRun();
    Loops.measured("R18", "%d clusters, %d Jobs, each once a generation and attempt", clusters.size(),
        stage.jobsMade().size());
    stage.assertInvariants();
  }

  private void killedBetweenCreationAndReport() throws Exception {
    try (SpawnedFleet victim = stage.spawn("one-run-victim", with("hyperfleet.roles=adapters"));
        var gate = Gate.beforeTheReport(stage.postgres, stage.database)) {
      create("killed-");
      gate.awaitSomebody();
      await().until(() -> stage.jobsMade().size() >= SPECS.size());
      victim.kill();
      gate.turnAway();
    }
    tellEverybody();
  }

  private void noApiAtTheEnd() throws Exception {
    int before = stage.jobsMade().size();
    create("lonely-");
    await().until(() -> stage.jobsMade().size() > before + random.nextInt(2 * SPECS.size()));
    toApi.cut();
    TimeUnit.SECONDS.sleep(2);
    toApi.mend();
    tellEverybody();
  }

  private void deletedByHand() {
    stage.jobsInKubernetes().stream().filter(name -> random.nextInt(4) > 0).forEach(name -> stage.kubernetes.client()
        .batch().v1().jobs().inNamespace("hyperfleet-adapters").withName(name).delete());
    tellEverybody();
  }

  private void newGenerations() {
    clusters.forEach((id, spec) -> {
      if (random.nextBoolean()) {
        assertThat(
            fleet.patch("/clusters/" + id, "{\"spec\":{\"note\":\"other\",\"bindStuck\":\"Unschedulable\"," + spec
                .replaceFirst(",?\"bindStuck\":\"\\w+\"", "") + "}}").status())
            .isEqualTo(200);
      }
    });
    tellEverybody();
  }

  private void create(String prefix) {
    for (int i = 0; i < SPECS.size(); i++) {
      var answer = fleet.post("/clusters",
          "{\"kind\":\"Cluster\",\"name\":\"" + prefix + i + "\",\"spec\":{\"note\":\"one\","
              + SPECS.get(i) + "}}");
      assertThat(answer.status()).isEqualTo(201);
      clusters.put(answer.body().get("id").asText(), SPECS.get(i));
    }
  }

  /** Every event so far some times more, in any order, until the API knows of the Jobs of every generation. */
  private void tellEverybody() {
    await().atMost(Stage.CONVERGENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
      var all = new ArrayList<PubsubMessage>();
      for (int copy = 0; copy < COPIES; copy++) {
        stage.events.messages().stream().filter(message -> !message.containsAttributes("copy"))
            .forEach(message -> all.add(EventLog.copyOf(message).putAttributes("copy", "yes").build()));
      }
      Collections.shuffle(all, random);
      stage.events.publish(all);
      stage.awaitPublished();
      stage.awaitAcknowledged(ADAPTERS);
      assertThat(stage.database.sql("""
          select r.id, r.generation, s.adapter from resources r, unnest(array['runner', 'binder', 'finisher']) as s (adapter)
          where (s.adapter <> 'finisher' or jsonb_exists(r.spec, 'finish')) and not exists (select from adapter_statuses a
            where a.resource_id = r.id and a.adapter = s.adapter and a.observed_generation = r.generation
              and a.launched is not null)""").query().listOfRows()).isEmpty();
    });
  }

  private void everybodyHasRun() {
    var runs = new LinkedHashMap<String, Integer>();
    stage.jobsMade()
        .forEach(job -> runs.merge(job.adapter() + " " + job.resource() + " " + job.generation(), 1, Integer::sum));
    clusters.forEach((id, spec) -> {
      int generation = fleet.get("/clusters/" + id).body().get("generation").asInt();
      for (int each = 1; each <= generation; each++) {
        assertThat(runs).containsEntry("runner " + id + " " + each, 1).containsKey("binder " + id + " 1");
        if (spec.contains("finish")) {
          assertThat(runs.get("finisher " + id + " " + each)).isBetween(1, 2);
        }
      }
    });
  }
}
