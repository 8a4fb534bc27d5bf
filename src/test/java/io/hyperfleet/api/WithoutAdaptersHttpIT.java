package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Clusters that need no adapter: Ready from the start, never due, gone at once. */
@TestPropertySource(properties = {"hyperfleet.kinds.clusters.required-adapters=",
    // The database is that of contexts with other rules, which would read what this one counts.
    "hyperfleet.fleet.interval=1h"})
class WithoutAdaptersHttpIT extends ApiIT {

  @Test
  void isReadyAtOnceAndNeverDue() {
    var created = post("/clusters", cluster("demo"));

    assertThat(created.at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(created.at("/status/conditions").isArray()).isTrue();
    assertThat(created.at("/status/conditions").size()).isZero();
    assertThat(
        jdbc.sql("select count(*) from resource_schedules where next_event_time is null").query(Long.class).single())
        .isEqualTo(1);
    assertThat(get("/clusters/" + created.text("id")).body()).isEqualTo(created.body());
  }

  @Test
  void goesAtOnceWhenItIsDeleted() {
    var id = createCluster("demo");

    var deleted = delete("/clusters/" + id);

    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.at("/deleted_time").isTextual()).isTrue();
    assertThat(get("/clusters/" + id).status()).isEqualTo(404);
    assertThat(post("/events", "{\"aggregate_id\": \"" + id + "\"}").status()).isEqualTo(404);
    assertThat(outboxRows(id)).isEqualTo(2);
  }

  @Test
  void storesReportsWithoutCountingThem() {
    var id = createCluster("demo");

    assertThat(report(id, "extra", 1, "False").status()).isEqualTo(201);

    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(outboxRows(id)).isEqualTo(1);
  }
}
