package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An adapter that is available does not look again at what it has just seen. */
@Tag("faults")
class FreshnessIT extends AdapterFleetIT {

  @ParameterizedTest
  @ValueSource(strings = {"created", "generation-changed", "child-removed", "adapter-progress", "never-processed",
      "not-ready-max-age", "ready-max-age"})
  void anEventThatNobodyAskedForIsAcknowledgedWithoutAReport(String reason) {
    var id = available();
    var reported = reported(id);
    var skipped = skipped();
    kubernetes().clearRequests();

    send(id, reason);

    assertThat(reported(id)).isEqualTo(reported);
    assertThat(skipped()).isEqualTo(skipped + 1);
    assertThat(kubernetes().requests())
        .noneMatch(call -> call.name() != null && call.name().equals("runner-" + id + "-gen1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manual", "custom", "", "something-else"})
  void anEventThatSomebodyAskedForIsNot(String reason) {
    var id = available();
    var reported = reported(id);

    send(id, reason);

    assertThat(reported(id)).isGreaterThan(reported);
  }

  @Test
  void theReasonOfAMessageInBinaryModeCounts() {
    var id = available();
    var reported = reported(id);

    publish(TOPIC,
        message("{\"id\":\"%s\",\"generation\":1}".formatted(id)).toBuilder()
            .putAllAttributes(Map.of("ce-specversion", "1.0",
                "ce-id", "e", "ce-source", "/x", "ce-type", "cluster.changed.v1", "ce-reason", "adapter-progress"))
            .build());
    awaitAcknowledged();

    assertThat(reported(id)).isEqualTo(reported);
  }

  @Test
  void anAdapterThatIsNotAvailableAlwaysLooks() {
    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
    var reported = reported(id);

    send(id, "adapter-progress");

    assertThat(reported(id)).isGreaterThan(reported);
  }

  @Test
  void aNewGenerationIsLookedAtAtOnce() {
    var id = available();

    changeSpec(id, "{\"note\":\"two\"}");

    assertThat(FLEET.report(id, "runner").path("observed_generation").asInt()).isEqualTo(2);
  }

  @Test
  void changedDataOfAnAdapterReachesWhoReadsItAtOnce() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    awaitEnd("runner-" + id + "-gen1");
    sendEvent(id);
    sendEvent(id);
    awaitEnd("waiter-" + id + "-gen1");
    sendEvent(id);
    assertThat(conditions(id, "waiter")).contains("Available=True");
    var digest = FLEET.report(id, "waiter").at("/metadata/digest").asText();
    var waiter = FLEET.report(id, "waiter").path("last_report_time").asText();
    var runner = reported(id);
    // Without its Job the runner repeats the data below, whoever of the two is first to handle the event.
    deleteJob("runner-" + id + "-gen1");
    var report = FLEET.put("/clusters/" + id + "/statuses", """
        {"adapter": "runner", "observed_generation": 1, "observed_time": "%s", "data": {"image": "another"}, "conditions": [
         {"type": "Applied", "status": "True", "reason": "JobLaunched"}, {"type": "Health", "status": "True", "reason": "NoErrors"},
         {"type": "Available", "status": "True", "reason": "JobSucceeded"}]}""".formatted(Instant.now()));
    assertThat(report.status()).as(report.toString()).isLessThan(300);

    send(id, "adapter-progress");

    assertThat(FLEET.report(id, "waiter").path("last_report_time").asText()).isGreaterThan(waiter);
    assertThat(FLEET.report(id, "waiter").at("/metadata/digest").asText()).isNotEmpty().isNotEqualTo(digest);
    assertThat(reported(id)).as("a report of somebody else bears no digest").isGreaterThan(runner);
  }

  private static String available() {
    var id = create("{\"note\":\"n\"}");
    awaitEnd("runner-" + id + "-gen1");
    sendEvent(id);
    assertThat(conditions(id, "runner")).contains("Available=True");
    return id;
  }

  private static void send(String id, String reason) {
    publish(TOPIC, PubsubMessage.newBuilder(message("""
        {"specversion": "1.0", "id": "e", "source": "/test", "type": "cluster.changed.v1", "reason": "%s",
         "data": {"id": "%s", "kind": "Cluster", "generation": 1}}""".formatted(reason, id))).build());
    awaitAcknowledged();
  }

  private static String reported(String id) {
    return FLEET.report(id, "runner").path("last_report_time").asText();
  }

  private static double skipped() {
    return Metric.ADAPTER_EVENTS.counter(FLEET.context().getBean(MeterRegistry.class), "runner", "skipped").count();
  }
}
