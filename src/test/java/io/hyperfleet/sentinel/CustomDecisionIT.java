package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions of an operator, over what is due and over everything. */
class CustomDecisionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void asksForTheChosenOnesThoughWhatIsRefusedStaysDue() {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox,sentinel",
        "hyperfleet.kinds.clusters.required-adapters=somebody",
        "hyperfleet.schedule.unanswered=1s",
        "hyperfleet.kinds.nodepools.required-adapters=",
        // One item a page: whatever is refused would keep the next ones away for ever.
        "hyperfleet.sentinel.page-size=1",
        "hyperfleet.sentinel.decisions.clusters.params[0].name=wanted",
        "hyperfleet.sentinel.decisions.clusters.params[0].expr=resource.spec.wanted",
        "hyperfleet.sentinel.decisions.clusters.result=wanted && event.phase == 'NotReady'",
        "hyperfleet.sentinel.decisions.nodepools.over=all",
        "hyperfleet.sentinel.decisions.nodepools.result=now - timestamp(resource.created_time) > duration('1s')")) {
      var refused = List.of(create(fleet, "refused-a", "false"), create(fleet, "refused-b", "false"),
          create(fleet, "failing-c", "3"));
      var chosen = create(fleet, "chosen-d", "true");
      var pool = fleet.post("/clusters/" + chosen + "/nodepools",
          "{\"kind\":\"NodePool\",\"name\":\"never-due\",\"spec\":{}}").body().get("id").asText();

      await().atMost(PATIENCE).untilAsserted(() -> {
        assertThat(reasons(fleet, chosen)).contains("custom");
        assertThat(reasons(fleet, pool)).contains("custom");
        // The order in which clusters become due is not that of their creation: the pauses have jitter.
        assertThat(skipped(fleet, "decision_false")).isPositive();
        assertThat(skipped(fleet, "decision_failed")).isPositive();
      });
      assertThat(refused).allSatisfy(id -> assertThat(reasons(fleet, id)).isEmpty());
    }
  }

  private static String create(LocalFleet fleet, String name, String wanted) {
    var answer = fleet.post("/clusters",
        "{\"kind\":\"Cluster\",\"name\":\"" + name + "\",\"spec\":{\"wanted\":" + wanted + "}}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  /** Of the Sentinel's events. */
  private static List<String> reasons(LocalFleet fleet, String id) {
    var events = fleet.get("/events?size=100&aggregate_id=" + id).body().path("items");
    return events.findParents("source").stream().filter(event -> event.get("source").asText().equals("sentinel"))
        .map(event -> event.get("reason").asText()).toList();
  }

  private static double skipped(LocalFleet fleet, String reason) {
    return fleet.context().getBean(MeterRegistry.class).find("hyperfleet.sentinel.resources.skipped")
        .tags("resource_type", "clusters", "reason", reason).counters().stream().mapToDouble(Counter::count).sum();
  }
}
