package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people ask for reaches the adapters: one more attempt, a pause, a suspended adapter. */
@Tag("faults")
class SteeringIT extends AdapterFleetIT {

  private static final String FAILING = "{\"note\":\"n\",\"fail\":\"The quota is used up\"}";

  @BeforeEach
  void forget() {
    kubernetes().clearRequests();
  }

  @Test
  void aFailedJobRunsOnceMoreForEachRetry() {
    var id = create(FAILING);
    var name = "runner-" + id + "-gen1";
    awaitEnd(name);
    sendEvent(id);

    retry(id, "runner", 2);
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    assertThat(FLEET.report(id, "runner").at("/launched/0/attempt").asInt()).isEqualTo(2);
    awaitEnd(name);
    sendEvent(id);
    sendEvent(id);
    assertThat(conditions(id, "runner")).contains("Available=False JobFailed");
    assertThat(created()).isEqualTo(2);

    retry(id, "runner", 3);
    assertThat(created()).isEqualTo(3);
  }

  @Test
  void aJobThatIsGoneRunsOnceMoreForARetry() {
    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
    var name = "runner-" + id + "-gen1";
    deleteJob(name);
    sendEvent(id);
    assertThat(conditions(id, "runner")).contains("Available=False JobGone");

    retry(id, "runner", 2);
    sendEvent(id);

    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    assertThat(created()).isEqualTo(2);
  }

  /** A retry goes beyond the two attempts of this adapter, and does not wait for its pause. */
  @Test
  void aRetryGoesBeyondWhatTheAdapterAllows() {
    var id = create("{\"finish\":\"line\",\"fail\":\"no luck\"}");
    var name = "finisher-" + id + "-gen1";
    awaitEnd(name);
    sendEvent(id);
    awaitEnd(name);
    sendEvent(id);
    assertThat(FLEET.report(id, "finisher").at("/launched/0/attempt").asInt()).isEqualTo(2);

    retry(id, "finisher", 3);

    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "3");
  }

  @Test
  void aNewGenerationForgetsARetry() {
    var id = create(FAILING);
    awaitEnd("runner-" + id + "-gen1");
    sendEvent(id);
    retry(id, "runner", 2);

    changeSpec(id, "{\"note\":\"n\",\"fail\":\"Still\"}");
    awaitEnd("runner-" + id + "-gen2");
    sendEvent(id);
    sendEvent(id);

    assertThat(created()).isEqualTo(3);
    assertThat(FLEET.report(id, "runner").at("/launched/0/attempt").asInt()).isEqualTo(1);
  }

  @Test
  void aJobAmongResourcesThatIsGoneRunsOnceMoreForARetry() {
    var id = create("{\"bindStuck\":\"Unschedulable\"}");
    deleteJob("binder-" + id);
    sendEvent(id);
    assertThat(conditions(id, "binder")).contains("Available=False JobGone");

    retry(id, "binder", 2);
    sendEvent(id);

    assertThat(job("binder-" + id).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    assertThat(FLEET.report(id, "binder").at("/launched/0/attempt").asInt()).isEqualTo(2);
    assertThat(applied(id)).isEqualTo(2);
  }

  @Test
  void aFailedJobAmongResourcesRunsOnceMoreForARetry() {
    var id = create("{\"bindFail\":\"no luck\"}");
    awaitEnd("binder-" + id);
    sendEvent(id);
    sendEvent(id);
    assertThat(FLEET.report(id, "binder").at("/launched/0/result").asText()).isEqualTo("Failed");
    assertThat(applied(id)).isEqualTo(1);

    kubernetes().fail(Call.of("delete", "jobs"), 500, "InternalError", 1);
    retry(id, "binder", 2);
    assertThat(applied(id)).as("its removal failed").isEqualTo(1);
    sendEvent(id);
    assertThat(applied(id)).isEqualTo(2);
    awaitEnd("binder-" + id);
    sendEvent(id);
    sendEvent(id);

    assertThat(FLEET.report(id, "binder").at("/launched/0/attempt").asInt()).isEqualTo(2);
    assertThat(job("binder-" + id).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    assertThat(applied(id)).isEqualTo(2);
  }

  @Test
  void whatIsInFlightAboutSomethingPausedIsAcknowledged() {
    var id = create("{\"note\":\"n\"}");
    awaitEnd("runner-" + id + "-gen1");
    var before = FLEET.report(id, "runner");
    FLEET.patch("/clusters/" + id, "{\"paused\":true}");

    publish(TOPIC, message("""
        {"specversion": "1.0", "id": "e", "source": "/test", "type": "cluster.changed.v1",
         "data": {"id": "%s", "kind": "Cluster", "generation": 1}}""".formatted(id)));
    awaitAcknowledged();
    assertThat(FLEET.report(id, "runner").path("last_report_time")).isEqualTo(before.path("last_report_time"));

    FLEET.patch("/clusters/" + id, "{\"paused\":false}");
    settle(id);
    assertThat(FLEET.report(id, "runner").path("last_report_time")).isNotEqualTo(before.path("last_report_time"));
    assertThat(conditions(id, "runner")).contains("Available=True");
  }

  @Test
  void aSuspendedAdapterAcknowledgesAndSaysNothing() throws IOException {
    var file = FOLDERS.resolve("guest/adapter.yaml");
    var text = Files.readString(file);
    try {
      Files.writeString(file, text.replaceFirst("(?m)^spec:\\n", "spec:\n  suspend: true\n"));
      await().atMost(Duration.ofSeconds(60)).until(() -> FLEET.get("/adapters/guest").body().path("suspended").asBoolean());

      var id = create("{\"note\":\"n\"}");

      assertThat(FLEET.report(id, "guest").isMissingNode() || FLEET.report(id, "guest").isEmpty()).isTrue();
    } finally {
      Files.writeString(file, text);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> !FLEET.get("/adapters/guest").body().path("suspended").asBoolean());
  }

  private static void retry(String id, String adapter, int attempt) {
    var answer = FLEET.post("/clusters/" + id + "/adapters/" + adapter + "/retry", "{}");
    assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(202);
    assertThat(answer.body().path("wanted_attempt").asInt()).isEqualTo(attempt);
    settle(id);
  }

  private static long created() {
    return kubernetes().requests().stream().filter(Call.of("create", "jobs")).count();
  }

  private static long applied(String id) {
    return kubernetes().requests().stream().filter(Call.of("patch", "jobs"))
        .filter(call -> call.name().equals("binder-" + id)).count();
  }
}
