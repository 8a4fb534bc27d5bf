package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.kubernetes.InformerCache;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Job that ends is reported without an event: nothing else would bring one within the hour. */
@Tag("faults")
class JobHintIT {

  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start(
        "hyperfleet.adapters.location=src/test/resources/adapters-under-test",
        "hyperfleet.adapters.enabled=runner",
        "hyperfleet.kinds.clusters.required-adapters=runner",
        "hyperfleet.events.progress=false",
        "hyperfleet.schedule.backoff.first=1h",
        "hyperfleet.schedule.backoff.initial=1h",
        "hyperfleet.schedule.backoff.max=1h");
    await().until(() -> fleet.management("/readyz").status() == 200 && jobs().isComplete());
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void aJobThatSucceedsIsReported() {
    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
    letTheJobEnd(id);
    await().until(() -> fleet.phase(id).equals("Ready"));
    assertThat(fleet.condition(id, "runner", "Available")).isEqualTo("True JobSucceeded");
    assertThat(fleet.get("/events?aggregate_id=" + id).body().path("items")).hasSize(1);
  }

  @Test
  void aJobThatFailsIsReported() {
    var id = create("{\"note\":\"n\",\"fail\":\"out of luck\",\"stuck\":\"Unschedulable\"}");
    letTheJobEnd(id);

    await().until(() -> fleet.condition(id, "runner", "Available").equals("False JobFailed"));
  }

  @Test
  void aJobThatIsDeletedBeforeItsEndIsReportedAndNotRunAgain() {
    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
    var name = "runner-" + id + "-gen1";
    await().until(() -> fleet.condition(id, "runner", "Available").equals("Unknown JobInProgress")
        && jobs().find(LocalKubernetes.NAMESPACE, name).isPresent());

    fleet.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withName(name).delete();

    await().until(() -> fleet.condition(id, "runner", "Available").equals("False JobGone"));
    assertThat(fleet.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withName(name).get())
        .isNull();
  }

  private static InformerCache jobs() {
    return (InformerCache) fleet.camel().getRoute("runner-hint-job").getConsumer();
  }

  /** Not before its creation is reported and the watch knows it: what came later would be the last word for an hour. */
  private static void letTheJobEnd(String id) {
    var name = "runner-" + id + "-gen1";
    await().until(() -> fleet.condition(id, "runner", "Available").equals("Unknown JobInProgress")
        && jobs().find(LocalKubernetes.NAMESPACE, name).isPresent());
    fleet.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).withName(name)
        .edit(job -> new JobBuilder(job).editMetadata().removeFromAnnotations("local.hyperfleet.io/stuck").endMetadata()
            .build());
  }

  private static String create(String spec) {
    var answer = fleet.post("/clusters",
        "{\"kind\":\"Cluster\",\"name\":\"hint-" + System.nanoTime() + "\",\"spec\":" + spec + "}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().get("id").asText();
  }
}
