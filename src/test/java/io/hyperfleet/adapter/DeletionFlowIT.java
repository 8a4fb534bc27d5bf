package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import org.junit.jupiter.api.Test;

/** A cluster goes when its adapters have deleted what they made and said so. */
class DeletionFlowIT extends AdapterFleetIT {

  private static final String SPEC = "{\"note\":\"n\",\"region\":\"r\"}";

  @Test
  void deletesWhatItMadeAndThenTheClusterGoes() {
    var other = create(SPEC);
    var id = create(SPEC);
    makeReady(id);
    assertThat(conditions(id, "runner")).doesNotContain("Finalized");

    delete(id);

    assertThat(FLEET.phase(id)).isEqualTo("gone");
    assertThat(jobsOf(id, "runner")).isEmpty();
    assertThat(jobsOf(id, "waiter")).isEmpty();
    assertThat(jobsOf(id, "binder")).isEmpty();
    assertThat(record(id).get()).isNull();
    assertThat(settings(id)).isNull();
    assertThat(jobsOf(other, "runner")).as("another cluster's").hasSize(1);
    assertThat(record(other).get()).isNotNull();
    assertThat(settings(other)).isNotNull();
  }

  @Test
  void deletesTheJobsOfEveryGeneration() {
    var id = create("{\"note\":\"one\"}");
    changeSpec(id, "{\"note\":\"two\"}");
    assertThat(jobsOf(id, "runner")).hasSize(2);

    delete(id);

    assertThat(jobsOf(id, "runner")).isEmpty();
    assertThat(FLEET.phase(id)).isEqualTo("gone");
  }

  @Test
  void waitsForAnObjectThatSomebodyStillHolds() {
    var id = create(SPEC);
    var name = "runner-" + id + "-gen1";
    hold(name);

    delete(id);

    assertThat(conditions(id, "runner")).isEqualTo("Applied=True CleanupInProgress, Available=False CleanupInProgress, "
        + "Health=True NoErrors, Finalized=False CleanupInProgress");
    assertThat(conditions(id, "keeper")).isEqualTo("Applied=False CleanupConfirmed, Available=False CleanupConfirmed, "
        + "Health=True NoErrors, Finalized=True CleanupConfirmed");
    sendEvent(id);
    assertThat(conditions(id, "runner")).endsWith("Finalized=False CleanupInProgress");
    assertThat(FLEET.phase(id)).isEqualTo("NotReady");

    release(name);
    sendEvent(id);
    assertThat(FLEET.phase(id)).isEqualTo("gone");
  }

  @Test
  void isContentWithObjectsThatAreGoneAlready() {
    var id = create(SPEC);
    deleteJob("runner-" + id + "-gen1");
    record(id).delete();

    delete(id);

    assertThat(FLEET.phase(id)).isEqualTo("gone");
  }

  @Test
  void isContentWithAKindThatKubernetesNoLongerKnows() {
    var id = create(SPEC);
    record(id).delete();
    kubernetes().fail(Call.of("list", "dnsrecords"), 404, "NotFound", 10);

    delete(id);

    assertThat(FLEET.phase(id)).isEqualTo("gone");
  }

  @Test
  void isNotFinalizedWhileKubernetesIsAway() {
    var id = create(SPEC);
    kubernetes().pause();

    delete(id);

    assertThat(conditions(id, "runner")).isEqualTo("Applied=True KubernetesAPIFailure, "
        + "Available=False KubernetesAPIFailure, Health=False KubernetesAPIFailure, Finalized=False AdapterUnhealthy");
    assertThat(FLEET.phase(id)).isEqualTo("NotReady");

    kubernetes().resume();
    sendEvent(id);
    assertThat(FLEET.phase(id)).isEqualTo("gone");
    assertThat(jobsOf(id, "runner")).isEmpty();
  }

  @Test
  void leavesEventsOfAGoneClusterAlone() {
    var id = create(SPEC);
    delete(id);
    assertThat(FLEET.phase(id)).isEqualTo("gone");

    publish(TOPIC, message("{\"data\": {\"id\": \"" + id + "\", \"generation\": 1}}"));
    awaitAcknowledged();

    assertThat(jobsOf(id, "runner")).isEmpty();
    assertThat(record(id).get()).isNull();
  }

  private static void delete(String id) {
    assertThat(FLEET.delete("/clusters/" + id).status()).isEqualTo(202);
    settle(id);
  }

  private static void hold(String job) {
    jobResource(job).edit(object -> {
      object.getMetadata().getFinalizers().add("example.com/hold");
      return object;
    });
  }

  private static void release(String job) {
    jobResource(job).edit(object -> {
      object.getMetadata().getFinalizers().clear();
      return object;
    });
  }

  private static ConfigMap settings(String id) {
    return FLEET.kubernetes().configMaps().inNamespace(LocalKubernetes.NAMESPACE).withName("binder-" + id).get();
  }
}
