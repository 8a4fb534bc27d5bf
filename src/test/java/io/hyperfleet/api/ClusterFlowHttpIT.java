package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A cluster's way from created to Ready and gone, as users, adapters and a Sentinel see it. */
class ClusterFlowHttpIT extends ApiIT {

  @Test
  void createsAClusterTogetherWithItsEvent() {
    var created = post("/clusters", """
        {"kind": "Cluster", "name": "demo-a", "spec": {"region": "r1"}, "labels": {"shard": "1"}}""");

    assertThat(created.status()).isEqualTo(201);
    var id = created.text("id");
    assertThat(created.text("href")).isEqualTo("/api/hyperfleet/v1/clusters/" + id);
    assertThat(created.header("location")).isEqualTo(created.text("href"));
    assertThat(created.header("content-type")).isEqualTo("application/json");
    assertThat(created.at("/generation").asInt()).isEqualTo(1);
    assertThat(created.at("/labels/shard").asText()).isEqualTo("1");
    assertThat(created.text("created_by")).isEqualTo("system@hyperfleet.local");
    assertThat(created.at("/status/phase").asText()).isEqualTo("NotReady");
    assertThat(created.at("/status/observed_generation").asInt()).isZero();
    assertThat(created.at("/status/conditions").findValuesAsText("type"))
        .containsExactly("Reconciled", "LastKnownReconciled", "Validated");
    assertThat(created.at("/status/conditions").findValuesAsText("last_transition_time"))
        .containsOnly(created.text("updated_time"));
    assertThat(get("/clusters/" + id).body()).isEqualTo(created.body());

    var event = get("/events?aggregate_id=" + id).at("/items/0");
    assertThat(event.path("event_type").asText()).isEqualTo("cluster.changed.v1");
    assertThat(event.path("reason").asText()).isEqualTo("created");
    assertThat(event.path("source").asText()).isEqualTo("write");
    assertThat(event.path("published").asBoolean()).isFalse();
    assertThat(event.path("payload").toString()).contains(id, "\"generation\":1", created.text("href"));
  }

  @Test
  void becomesReadyWhenEveryRequiredAdapterIsAvailable() {
    var id = createCluster("demo-b");

    var report = report(id, "validation", 1, "True");
    assertThat(report.status()).isEqualTo(201);
    assertThat(report.at("/last_definitive/status").asText()).isEqualTo("True");
    report(id, "dns", 1, "True");
    report(id, "placement", 1, "True");
    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("NotReady");
    report(id, "hyperfleet", 1, "True");

    var ready = get("/clusters/" + id + "?include=statuses");
    assertThat(ready.at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(ready.at("/status/observed_generation").asInt()).isEqualTo(1);
    assertThat(ready.at("/status/conditions").findValuesAsText("type")).containsExactly("Reconciled",
        "LastKnownReconciled", "Validated", "ValidationSuccessful", "DnsSuccessful", "PlacementSuccessful",
        "HyperfleetSuccessful");
    assertThat(ready.at("/status/conditions").findValuesAsText("status")).containsOnly("True");
    assertThat(ready.at("/adapter_statuses").findValuesAsText("adapter"))
        .containsExactly("dns", "hyperfleet", "placement", "validation");
    assertThat(ready.at("/adapter_statuses/3").toString()).isEqualTo(report.body().toString());
  }

  @Test
  void answersTheDatabasesTimeWithACluster() {
    var id = createCluster("demo-c");

    var before = Instant.now();
    var time = get("/clusters/" + id).header("x-hyperfleet-time");
    var after = Instant.now();

    assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(Instant.parse(time)).isBetween(before.minusSeconds(1), after.plusSeconds(1));
    assertThat(get("//api/clusters/" + id).text("id")).isEqualTo(id);
  }

  @Test
  void turnsNotReadyAtOnceWhenTheSpecChanges() {
    var id = createCluster("demo-d");
    reportAll(id, 1, "True");

    var patched = patch("/clusters/" + id, "{\"spec\": {\"region\": \"r2\"}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.at("/generation").asInt()).isEqualTo(2);
    assertThat(patched.at("/status/phase").asText()).isEqualTo("NotReady");
    assertThat(patched.at("/status/last_transition_time")).isEqualTo(patched.body().path("updated_time"));
    assertThat(get("/clusters/" + id).body()).isEqualTo(patched.body());
    assertThat(get("/events?aggregate_id=" + id).at("/items/0/reason").asText()).isEqualTo("generation-changed");
    assertThat(get("/events?aggregate_id=" + id).at("/items/0/generation").asInt()).isEqualTo(2);
  }

  @Test
  void writesAnEventWhenAnAdapterMakesProgressOnAClusterThatIsNotReady() {
    var id = createCluster("demo-e");

    report(id, "validation", 1, "Unknown");
    assertThat(outboxRows(id)).isEqualTo(1);
    report(id, "validation", 1, "True");
    assertThat(outboxRows(id)).isEqualTo(2);
    report(id, "validation", 1, "True");
    assertThat(outboxRows(id)).isEqualTo(2);

    var event = get("/events?aggregate_id=" + id).at("/items/0");
    assertThat(event.path("reason").asText()).isEqualTo("adapter-progress");
    assertThat(event.path("source").asText()).isEqualTo("progress");
  }

  @Test
  void goesWhenEveryRequiredAdapterHasFinalized() {
    var id = createCluster("demo-f");
    reportAll(id, 1, "True");

    var deleted = delete("/clusters/" + id);
    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.at("/generation").asInt()).isEqualTo(2);
    assertThat(deleted.text("deleted_by")).isEqualTo("system@hyperfleet.local");
    assertThat(deleted.at("/status/phase").asText()).isEqualTo("NotReady");
    assertThat(delete("/clusters/" + id).body()).isEqualTo(deleted.body());
    assertThat(patch("/clusters/" + id, "{\"nonsense\": 1}").text("code")).isEqualTo("HYPERFLEET-CNF-003");

    reportFinalized(id, "validation", 1);
    reportFinalized(id, "validation", 2);
    reportFinalized(id, "dns", 2);
    reportFinalized(id, "placement", 2);
    assertThat(get("/clusters/" + id).status()).isEqualTo(200);
    assertThat(reportFinalized(id, "hyperfleet", 2).status()).isEqualTo(201);

    assertThat(get("/clusters/" + id).text("code")).isEqualTo("HYPERFLEET-NTF-001");
    assertThat(outboxRows(id)).as("events outlive their cluster").isGreaterThan(2);
    assertThat(jdbc.sql("select count(*) from adapter_statuses").query(Long.class).single()).isZero();
  }

  @Test
  void freesTheNameAsSoonAsDeletionIsAsked() {
    var id = createCluster("demo-g");
    assertThat(post("/clusters", cluster("demo-g")).text("code")).isEqualTo("HYPERFLEET-CNF-001");

    delete("/clusters/" + id);

    assertThat(post("/clusters", cluster("demo-g")).status()).isEqualTo(201);
  }

  @Test
  void showsClustersAndReportsInTheViewOfTheComponentDiagram() {
    var id = createCluster("demo-h");
    report(id, "validation", 1, "True");

    var row = jdbc.sql("select generation, status, adapter_statuses -> 0 ->> 'adapter' as adapter from clusters")
        .query().singleRow();

    assertThat(row).containsEntry("generation", 1).containsEntry("status", "NotReady")
        .containsEntry("adapter", "validation");
  }
}
