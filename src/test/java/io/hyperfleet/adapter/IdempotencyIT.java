package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events come twice, late, at once and out of order; what is made and reported stays one and the newest. */
@Tag("faults")
class IdempotencyIT extends AdapterFleetIT {

  private static final String LAUNCHED = "Applied=True JobLaunched, Available=Unknown JobInProgress, Health=True NoErrors";
  private static final String SUCCEEDED = "Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed";
  private static final String STUCK = "{\"note\":\"n\",\"stuck\":\"Unschedulable\"}";

  @Test
  void reportsTheJobThatAnotherEventHasCreatedMeanwhile() {
    kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden", 1);
    var id = create(STUCK);
    var uid = FLEET.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).resource(new JobBuilder()
        .withNewMetadata().withName(name(id, 1)).addToLabels(OwnerLabels.selector(Owner.ofCluster("runner", id, 1)))
        .endMetadata()
        .withNewSpec().withNewTemplate().withNewMetadata()
        .addToAnnotations("local.hyperfleet.io/stuck", "Unschedulable").endMetadata()
        .withNewSpec().withRestartPolicy("Never").addNewContainer().withName("c").withImage("busybox:1.36")
        .endContainer()
        .endSpec().endTemplate().endSpec().build()).create().getMetadata().getUid();
    kubernetes().fail(Call.of("get", "jobs").and(call -> call.name().equals(name(id, 1))), 404, "NotFound", 1);
    kubernetes().clearRequests();

    sendEvent(id);

    assertThat(kubernetes().requests()).as("it tried").anyMatch(Call.of("create", "jobs"));
    assertThat(conditions(id, "runner")).startsWith("Applied=True JobLaunched");
    assertThat(job(name(id, 1)).getMetadata().getUid()).isEqualTo(uid);
  }

  @Test
  void doesNotRunAJobAgainThatSucceededAndWasRemoved() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    awaitEnd(name(id, 1));
    sendEvent(id);
    deleteJob(name(id, 1));

    sendEvent(id);

    assertThat(jobsOf(id, "runner")).isEmpty();
    assertThat(conditions(id, "runner")).isEqualTo(SUCCEEDED);
    assertThat(FLEET.report(id, "runner").at("/data/image").asText()).as("data stays").isEqualTo("busybox:1.36");
    assertThat(message(id, "runner", "Available")).contains("no longer exists");
  }

  @Test
  void showsAtOnceThatAWaitingAdapterHasStarted() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    assertThat(conditions(id, "waiter")).startsWith("Applied=False PreconditionsNotMet");
    awaitEnd(name(id, 1));
    sendEvent(id);

    sendEvent(id);

    assertThat(conditions(id, "waiter")).startsWith("Applied=True JobLaunched");
  }

  @Test
  void runsAnotherJobForAnotherGenerationAndLeavesTheFirst() {
    var id = create("{\"note\":\"one\"}");

    changeSpec(id, "{\"note\":\"two\"}");

    assertThat(jobsOf(id, "runner")).containsExactly(name(id, 1), name(id, 2));
    assertThat(note(id, 1)).isEqualTo("one");
    assertThat(note(id, 2)).isEqualTo("two");
    assertThat(FLEET.report(id, "runner").path("observed_generation").asInt()).isEqualTo(2);
  }

  @Test
  void actsOnTheNewestGenerationWhenAnOldEventComesLate() {
    var id = create("{\"note\":\"one\"}");
    changeSpec(id, "{\"note\":\"two\"}");
    deleteJob(name(id, 1));

    publish(TOPIC, event(id, 1));
    awaitAcknowledged();

    assertThat(jobsOf(id, "runner")).containsExactly(name(id, 2));
    assertThat(FLEET.report(id, "runner").path("observed_generation").asInt()).isEqualTo(2);
  }

  private static PubsubMessage event(String id, int generation) {
    return message("""
        {"specversion": "1.0", "id": "e", "source": "/test", "type": "cluster.changed.v1",
         "data": {"id": "%s", "kind": "Cluster", "generation": %d}}""".formatted(id, generation));
  }

  private static String note(String id, int generation) {
    return job(name(id, generation)).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().get(0)
        .getValue();
  }

  private static String name(String id, int generation) {
    return "runner-" + id + "-gen" + generation;
  }
}
