package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.resource.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Job returns becomes data, stays data when its pod and then the Job are gone, and costs one request. */
class JobResultsIT extends AdapterFleetIT {

  private static final String RETURNS = "{\"note\":\"n\",\"returns\":\"{\\\"bucket\\\": \\\"b-1\\\", \\\"sizes\\\": [1, 2.5]}\"";

  @BeforeEach
  void forget() {
    kubernetes().clearRequests();
  }

  @Test
  void whatAJobReturnsIsReportedAndStays() {
    var id = create(RETURNS + "}");
    var name = "returner-" + id + "-gen1";
    awaitEnd(name);
    sendEvent(id);
    assertReturned(id);
    assertThat(lists()).isEqualTo(1);

    FLEET.kubernetes().pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel("job-name", name).delete();
    await().until(() -> FLEET.kubernetes().pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel("job-name", name)
        .list().getItems().isEmpty());
    kubernetes().clearRequests();
    sendEvent(id);
    assertReturned(id);
    assertThat(lists()).as("the API knows it").isZero();

    deleteJob(name);
    sendEvent(id);
    assertReturned(id);
  }

  /** A failure between two events takes Available away, and the data with it; both come back without the pod. */
  @Test
  void aResultOutlivesAFailureAndItsPod() {
    var id = create(RETURNS + "}");
    var name = "returner-" + id + "-gen1";
    awaitEnd(name);
    sendEvent(id);
    assertReturned(id);
    FLEET.kubernetes().pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel("job-name", name).delete();
    FLEET.put("/clusters/" + id + "/statuses", """
        {"adapter": "returner", "observed_generation": 1, "conditions": [
          {"type": "Applied", "status": "False", "reason": "AdapterError"},
          {"type": "Available", "status": "False", "reason": "AdapterError"},
          {"type": "Health", "status": "False", "reason": "AdapterError"}]}""");
    assertThat(conditions(id, "returner")).contains("Available=False AdapterError");

    sendEvent(id);

    assertReturned(id);
  }

  @Test
  void aFailedJobSaysWhatItReturned() {
    var id = create(RETURNS + ",\"fail\":\"{\\\"reason\\\": \\\"no quota\\\"}\"}");
    awaitEnd("returner-" + id + "-gen1");
    sendEvent(id);

    assertThat(conditions(id, "returner")).contains("Available=False JobFailed", "Returned=True ConditionMet");
    assertThat(message(id, "returner", "Available")).startsWith("no quota: ");
  }

  @Test
  void anAdapterThatReadsNoResultAsksForNoPods() {
    var id = create("{\"note\":\"n\"}");
    awaitEnd("runner-" + id + "-gen1");
    sendEvent(id);

    assertThat(conditions(id, "runner")).contains("Available=True JobSucceeded");
    assertThat(lists()).isZero();
  }

  private static void assertReturned(String id) {
    assertThat(conditions(id, "returner")).contains("Available=True JobSucceeded");
    var report = FLEET.report(id, "returner");
    assertThat(report.at("/data/returned/sizes").toString()).isEqualTo("[1,2.5]");
    assertThat(report.at("/data/bucket").asText()).isEqualTo("b-1");
    assertThat(report.at("/launched/0/output").asText()).startsWith("{\"bucket\"");
  }

  private static long lists() {
    return kubernetes().requests().stream().filter(Call.of("list", "pods")).count();
  }
}
