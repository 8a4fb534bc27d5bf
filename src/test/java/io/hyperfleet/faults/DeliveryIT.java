package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.faults.stage.EventLog;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.StageIT;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events that come ten times, to two replicas at once, late and in any order: R10 and R11. */
class DeliveryIT extends StageIT {

  private static final int CLUSTERS = 10;
  private static final List<String> ADAPTERS = List.of("validation", "dns", "placement", "hyperfleet");

  @BeforeAll
  void addReplica() throws Exception {
    stage.local("hyperfleet.roles=adapters", "hyperfleet.api.base-url=http://localhost:" + fleet.apiPort());
  }

  @Test
  void tenCopiesOfEachEventMakeOneJobAndOneStatus() throws Exception {
    int before = stage.events.messages().size();
    var ids = create("copies-");
    await().until(() -> stage.events.messages().size() >= before + CLUSTERS);
    var copies = new ArrayList<PubsubMessage>();
    for (int copy = 0; copy < 10; copy++) {
      copies.addAll(copiesOf(stage.events.messages().subList(before, before + CLUSTERS)));
    }

    stage.events.publish(copies);

    var took = stage.awaitConverged();
    stage.awaitAcknowledged(ADAPTERS);
    assertThat(stage.count("select count(*) from adapter_statuses where resource_id::text in ('"
        + String.join("','", ids) + "')")).isEqualTo((long) CLUSTERS * ADAPTERS.size());
    Loops.measured("R10", "%d events delivered 10 times more to two replicas: all Ready after %d ms", CLUSTERS,
        took.toMillis());
    stage.assertInvariants();
  }

  @Test
  void oldEventsInAnyOrderActOnTheNewestGeneration() throws Exception {
    int before = stage.events.messages().size();
    var ids = create("shuffled-");
    ids.forEach(id -> assertThat(fleet.patch("/clusters/" + id, "{\"spec\":{\"region\":\"eu-west1\"}}").status())
        .isEqualTo(200));
    stage.awaitConverged();
    int jobs = jobs();
    var received = stage.events.messages();
    var all = new ArrayList<>(copiesOf(received.subList(before, received.size())));
    Collections.shuffle(all, Loops.random("R11"));

    stage.events.publish(all);

    stage.awaitAcknowledged(ADAPTERS);
    stage.awaitConverged();
    assertThat(jobs()).as("an old event makes no Job").isEqualTo(jobs);
    assertThat(stage.count("select count(*) from adapter_statuses s join resources r on r.id = s.resource_id "
        + "where s.observed_generation <> r.generation")).isZero();
    Loops.measured("R11", "%d events of two generations again, shuffled: no Job more than the %d there were",
        all.size(),
        jobs);
    stage.assertInvariants();
  }

  private List<String> create(String prefix) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < CLUSTERS; i++) {
      ids.add(fleet.createCluster(prefix + i));
    }
    return ids;
  }

  private static List<PubsubMessage> copiesOf(List<PubsubMessage> messages) {
    return messages.stream().map(message -> EventLog.copyOf(message).build()).toList();
  }

  private int jobs() {
    return stage.kubernetes.client().batch().v1().jobs().inAnyNamespace().list().getItems().size();
  }
}
