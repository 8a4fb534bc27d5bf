package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.faults.stage.StageIT;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A message of Pub/Sub's greatest size, and rows of the outbox that can never be published: R23 and R24. */
class PoisonIT extends StageIT {

  private static final int GREATEST_MESSAGE = 9_900_000;

  @Test
  void rowsThatCannotBePublishedDieAndHoldUpNothing() throws Exception {
    var cluster = fleet.createCluster("before-poison");
    insert(cluster, "Cluster", "jsonb_build_object('id', '" + cluster + "', 'x', repeat('x', 10500000))");
    insert(cluster, "Martian", "jsonb_build_object('id', '" + cluster + "')");

    var next = fleet.createCluster("after-poison");

    var took = stage.awaitConverged();
    assertThat(fleet.phase(next)).isEqualTo("Ready");
    assertThat(stage.database.sql("select last_error from outbox where state = 'dead' order by seq").query(String.class)
        .list()).satisfiesExactly(error -> assertThat(error).contains("bytes, Pub/Sub accepts at most"),
            error -> assertThat(error).contains("no kind 'Martian' is configured"));
    var dead = fleet.get("/events?status=dead").body().path("items");
    assertThat(dead).hasSize(2);
    assertThat(fleet.post("/events/" + dead.get(0).path("event_id").asText() + "/retry", "").status()).isEqualTo(202);
    await().until(() -> fleet.get("/events?status=dead").body().path("items").size() == 2);
    Loops.measured("R24", "2 rows dead, the row behind them published and its cluster Ready after %d ms",
        took.toMillis());
    stage.assertInvariants();
  }

  private void insert(String cluster, String kind, String payload) {
    stage.database
        .sql("insert into outbox (event_id, aggregate_type, aggregate_id, event_type, generation, reason, source, "
            + "payload) select gen_random_uuid(), :kind, :id, 'cluster.changed.v1', 1, 'test', 'manual', " + payload)
        .param("kind", kind).param("id", cluster).update();
  }

  @Test
  void aMessageOfTheGreatestSizeIsAcknowledgedAndTheNextOneHandled() throws Exception {
    var rubbish = PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[GREATEST_MESSAGE])).build();

    stage.events.publish(List.of(rubbish));

    var cluster = fleet.createCluster("after-rubbish");
    await().atMost(Stage.CONVERGENCE).until(() -> fleet.phase(cluster), "Ready"::equals);
    await().atMost(Stage.CONVERGENCE).until(() -> stage.broker.unacknowledged(
        "projects/hyperfleet/subscriptions/validation-adapter-sub") == 0);
  }
}
