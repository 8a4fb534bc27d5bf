package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.faults.stage.StageIT;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The broker is away, does not answer, or comes back with nothing: R7, R8 and R9. */
class BrokerFaultsIT extends StageIT {

  private static final int CLUSTERS = 20;

  @Test
  void createsGoOnWhileTheBrokerIsAway() throws Exception {
    var usage = stage.usage();
    stage.toBroker.cut();
    for (int i = 0; i < CLUSTERS; i++) {
      assertThat(fleet.createClusterAnswer("away-" + i).status()).isEqualTo(201);
    }
    TimeUnit.NANOSECONDS.sleep(Loops.outage().toNanos());
    long waiting = stage.count("select count(*) from outbox where state = 'pending'");
    assertThat(stage.count("select count(*) from outbox where state = 'dead'")).isZero();
    assertThat(fleet.management("/readyz").body().at("/checks/broker").asText()).isNotEqualTo("ok");

    stage.toBroker.mend();

    var took = stage.awaitConverged();
    Loops.measured("R7", "broker away for %s: %d clusters created, %d rows waiting, all Ready %d ms after its return",
        Loops.outage(), CLUSTERS, waiting, took.toMillis());
    usage.settled();
    stage.assertInvariants();
  }

  @Test
  void publishesAgainUnderTheSameIdWhatWasNotAnswered() throws Exception {
    var usage = stage.usage();
    stage.toBroker.loseAnswers();
    var cluster = fleet.createCluster("unanswered");
    var event = stage.database.sql("select event_id::text from outbox where aggregate_id = :id order by seq limit 1")
        .param("id", cluster).query(String.class).single();
    await().until(() -> stage.events.deliveries(event) > 0);
    assertThat(stage.count("select count(*) from outbox where state <> 'published'")).isPositive();

    stage.toBroker.mend();

    var took = stage.awaitConverged();
    await().until(() -> stage.events.deliveries(event) >= 2);
    Loops.measured("R8", "answers lost: one event delivered %d times under one id, Ready %d ms after the fault",
        stage.events.deliveries(event), took.toMillis());
    usage.settled();
    stage.assertInvariants();
  }

  @Test
  void comesBackWhenTheBrokerHasForgottenEverything() throws Exception {
    var usage = stage.usage();
    stage.toBroker.cut();
    var cluster = fleet.createCluster("forgotten");
    int port = stage.broker.port();
    stage.broker.close();
    stage.broker = LocalPubSub.start(port);
    stage.events.listen(stage.broker.endpoint());

    stage.toBroker.mend();

    var took = stage.awaitConverged();
    assertThat(fleet.phase(cluster)).isEqualTo("Ready");
    await().atMost(Stage.CONVERGENCE).until(() -> fleet.management("/readyz").status() == 200);
    Loops.measured("R9", "broker restarted empty: topics and subscriptions made anew, Ready after %d ms",
        took.toMillis());
    usage.settled();
    stage.assertInvariants();
  }
}
