package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import org.junit.jupiter.api.Test;

/** A Sentinel with a selector asks for events of the resources that carry its labels, and of no others. */
class SelectedResourcesIT {

  @Test
  void looksAfterTheSelectedOnesAlone() {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox,sentinel",
        "hyperfleet.sentinel.resource-selector[0].label=example.com/shard",
        "hyperfleet.sentinel.resource-selector[0].value=a-1",
        "hyperfleet.sentinel.kinds=clusters",
        "hyperfleet.schedule.backoff.first=200ms",
        "hyperfleet.schedule.backoff.initial=200ms",
        "hyperfleet.schedule.backoff.max=200ms",
        "hyperfleet.schedule.unanswered=1s")) {
      var other = create(fleet, "other", "b-2");
      var selected = create(fleet, "selected", "a-1");

      await().until(() -> fleet.get("/clusters?due=true").body().path("items").findValuesAsText("id").contains(other));
      // The Sentinel has one look after the other: of the last two, one began when the other cluster was due too.
      long before = sentinelEvents(fleet, selected);
      await().until(() -> sentinelEvents(fleet, selected) > before + 1);
      assertThat(sentinelEvents(fleet, other)).isZero();
    }
  }

  private static String create(LocalFleet fleet, String name, String shard) {
    var answer = fleet.post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"" + name
        + "\",\"labels\":{\"example.com/shard\":\"" + shard + "\"},\"spec\":{}}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  private static long sentinelEvents(LocalFleet fleet, String cluster) {
    var events = fleet.get("/events?size=100&aggregate_id=" + cluster).body().path("items");
    return events.findValuesAsText("source").stream().filter("sentinel"::equals).count();
  }
}
