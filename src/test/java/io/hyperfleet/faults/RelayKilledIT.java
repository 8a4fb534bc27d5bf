package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Gate;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.LocalFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The relay's process is killed, again and again, at the points where it matters: R1 and R2. */
@Tag("faults")
@Tag("slow")
class RelayKilledIT {

  private static final String[] RELAY = {"hyperfleet.roles=outbox"};

  private Stage stage;
  private LocalFleet api;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage();
    api = stage.local("hyperfleet.roles=api", "hyperfleet.schedule.backoff.first=1h");
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void publishesAgainWhatItHadPublishedAndNotMarked() throws Exception {
    var doubled = new ArrayList<String>();
    for (int loop = 0; loop < Loops.count(); loop++) {
      try (var relay = stage.spawn("relay-marking", RELAY);
          var gate = Gate.beforeMarking(stage.postgres, stage.database)) {
        var event = event(api.createCluster("marking-" + loop));
        gate.awaitSomebody();
        await().until(() -> stage.events.deliveries(event) > 0);
        relay.kill();
        gate.turnAway();
        doubled.add(event);
      }
    }
    try (var relay = stage.spawn("relay-marking", RELAY)) {
      stage.awaitPublished();
      await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(doubled)
          .allSatisfy(event -> assertThat(stage.events.deliveries(event)).isGreaterThanOrEqualTo(2)));
    }
    Loops.measured("R1", "%d kills between publish and mark: %d events, %d deliveries", Loops.count(), doubled.size(),
        stage.events.events().size());
    stage.assertInvariants();
  }

  @Test
  void losesNothingWhenItIsKilledAtAnyMoment() throws Exception {
    var random = Loops.random("R1");
    int created = 0;
    for (int loop = 0; loop < Loops.count(); loop++) {
      try (var relay = stage.spawn("relay-any", RELAY)) {
        int delivered = stage.events.messages().size();
        for (int i = 0; i < 40; i++) {
          api.createCluster("any-" + created++);
        }
        await().until(() -> stage.events.messages().size() > delivered);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
        relay.kill();
      }
    }
    try (var relay = stage.spawn("relay-any", RELAY)) {
      stage.awaitPublished();
      stage.awaitConverged();
    }
    stage.history.unconverged.clear();
    Loops.measured("R1", "%d kills at any moment: %d events, %d deliveries", Loops.count(), created,
        stage.events.events().size());
    stage.assertInvariants();
  }

  @Test
  void sendsAgainWhatItHadClaimedAndNotPublished() throws Exception {
    for (int loop = 0; loop < Loops.count(); loop++) {
      try (var relay = stage.spawn("relay-claimed", RELAY)) {
        stage.toBroker.halfOpen();
        api.createCluster("claimed-" + loop);
        await().until(() -> stage.count("select count(*) from outbox where lease_id is not null") > 0);
        relay.kill();
      } finally {
        stage.toBroker.mend();
      }
    }
    try (var relay = stage.spawn("relay-claimed", RELAY)) {
      await().atMost(Stage.LEASE.plus(Duration.ofSeconds(30)))
          .until(() -> stage.count("select count(*) from outbox where state <> 'published'") == 0);
      await().until(() -> stage.events.messages().size() >= Loops.count());
    }
    Loops.measured("R2", "%d kills after the claim: %d events, %d deliveries, oldest %d s, lease %d s", Loops.count(),
        Loops.count(), stage.events.events().size(),
        stage.count("select extract(epoch from max(published_time - created_time))::bigint from outbox"),
        Stage.LEASE.toSeconds());
    stage.assertInvariants();
  }

  private String event(String cluster) {
    return stage.database.sql("select event_id::text from outbox where aggregate_id = :id").param("id", cluster)
        .query(String.class).single();
  }
}
