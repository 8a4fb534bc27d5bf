package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletion of resources that own others: cascade, restrict, who waits for whom, and force delete. */
class DeletionHttpIT extends ApiIT {

  @Test
  void takesWhatTheClusterOwnsWithIt() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    var note = create("/clusters/" + cluster + "/notes", "Note", "n1");

    var deleted = delete("/clusters/" + cluster);

    assertThat(deleted.status()).isEqualTo(202);
    var child = get("/machines/" + machine);
    assertThat(child.text("deleted_time")).isEqualTo(deleted.text("deleted_time"));
    assertThat(child.at("/generation").asInt()).isEqualTo(2);
    assertThat(get("/notes/" + note).status()).as("it needs no adapter").isEqualTo(404);
    assertThat(get("/events?aggregate_id=" + machine).at("/items/0/reason").asText()).isEqualTo("deleted");
    assertThat(get("/events?aggregate_id=" + note).at("/items/0/reason").asText()).isEqualTo("deleted");
    assertThat(delete("/clusters/" + cluster).body()).as("asking again changes nothing").isEqualTo(deleted.body());
    assertThat(get("/machines/" + machine).body()).isEqualTo(child.body());
  }

  @Test
  void waitsForWhatItOwnsAndGoesWithTheLastOfIt() {
    var cluster = createCluster("demo");
    var one = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    var two = create("/clusters/" + cluster + "/machines", "Machine", "m2");
    delete("/clusters/" + cluster);

    finalizeCluster(cluster, 2);

    assertThat(reconciled(cluster)).isEqualTo("False ReconciledWaitingForChildren");
    finalizeMachine(one);
    assertThat(exists("/machines/" + one)).isFalse();
    assertThat(reconciled(cluster)).isEqualTo("False ReconciledWaitingForChildren");
    assertThat(get("/events?aggregate_id=" + cluster).at("/items/0/reason").asText()).isEqualTo("child-removed");
    finalizeMachine(two);
    assertThat(exists("/clusters/" + cluster)).as("in the transaction of its last machine").isFalse();
    assertThat(jdbc.sql("select count(*) from resources").query(Long.class).single()).isZero();
  }

  @Test
  void doesNotGoBeforeItsOwnAdaptersHaveFinalized() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    delete("/clusters/" + cluster);

    finalizeMachine(machine);

    assertThat(exists("/machines/" + machine)).isFalse();
    assertThat(reconciled(cluster)).isEqualTo("False ReconciledMissingAdapters");
    finalizeCluster(cluster, 2);
    assertThat(exists("/clusters/" + cluster)).isFalse();
  }

  @Test
  void leavesAnOwnerInPeaceThatStays() {
    var cluster = createCluster("demo");
    reportAll(cluster, 1, "True");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    var next = get("/clusters/" + cluster);
    var events = outboxRows(cluster);
    delete("/clusters/" + cluster + "/machines/" + machine);

    finalizeMachine(machine);

    assertThat(exists("/machines/" + machine)).isFalse();
    assertThat(outboxRows(cluster)).as("nobody is asked to look at the cluster").isEqualTo(events);
    assertThat(get("/clusters/" + cluster).body()).as("it stays as it is").isEqualTo(next.body());
    assertThat(jdbc.sql(
        "select next_event_time > now() + interval '20 minutes' from resource_schedules where resource_id = ?::uuid")
        .param(cluster).query(Boolean.class).single()).as("and is not due earlier").isTrue();
  }

  @Test
  void isRefusedWhileARestrictedChildIsActive() {
    var channel = create("/channels", "Channel", "stable");
    var version = create("/channels/" + channel + "/versions", "Version", "v1");

    var refused = delete("/channels/" + channel);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("HYPERFLEET-CNF-003");
    assertThat(refused.text("detail")).isEqualTo(
        "Channel '" + channel + "' cannot be deleted: active Version 'v1' belongs to it");
    assertThat(get("/channels/" + channel).body().has("deleted_time")).isFalse();
    delete("/versions/" + version);
    assertThat(delete("/channels/" + channel).status()).isEqualTo(202);
    assertThat(exists("/channels/" + channel)).isFalse();
  }

  @Test
  void freesTheNameOfAChildAtOnce() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");

    delete("/machines/" + machine);

    create("/clusters/" + cluster + "/machines", "Machine", "m1");
    assertThat(get("/clusters/" + cluster + "/machines").at("/total").asInt()).as("both are listed").isEqualTo(2);
  }

  @Test
  void removesEverythingByForce() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    delete("/clusters/" + cluster);

    var forced = post("/clusters/" + cluster + "/force-delete", "{\"reason\": \"the account is closed\"}");

    assertThat(forced.status()).isEqualTo(204);
    assertThat(exists("/clusters/" + cluster)).isFalse();
    assertThat(exists("/machines/" + machine)).isFalse();
    assertThat(post("/clusters/" + cluster + "/force-delete", "{\"reason\": \"again\"}").status()).isEqualTo(404);
  }

  @Test
  void lettingAChildGoByForceFreesItsOwner() {
    var cluster = createCluster("demo");
    var machine = create("/clusters/" + cluster + "/machines", "Machine", "m1");
    delete("/clusters/" + cluster);
    finalizeCluster(cluster, 2);

    assertThat(post("/machines/" + machine + "/force-delete", "{\"reason\": \"lost\"}").status()).isEqualTo(204);

    assertThat(exists("/clusters/" + cluster)).isFalse();
  }

  @Test
  void usesForceOnlyOnWhatIsBeingDeleted() {
    var cluster = createCluster("demo");

    var refused = post("/clusters/" + cluster + "/force-delete", "{\"reason\": \"x\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("HYPERFLEET-CNF-003");
    assertThat(refused.text("detail")).contains("not in Finalizing state");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
      none | VAL-006 | Request body is required but was empty
      {} | VAL-000 | reason is required
      {"reason": ""} | VAL-000 | reason is required
      {"reason": 5} | VAL-000 | field 'reason' must be a string
      {"reason": "LONG"} | VAL-000 | reason must be at most 1024 characters
      """)
  void wantsAReasonForForce(String body, String code, String detail) {
    var cluster = createCluster("demo");
    delete("/clusters/" + cluster);
    var long1025 = "\uD83D\uDE80".repeat(1025);

    var answer = send("POST", "/clusters/" + cluster + "/force-delete",
        body == null ? null : body.replace("LONG", long1025));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.text("detail")).isEqualTo(detail);
    assertThat(post("/clusters/" + cluster + "/force-delete",
        "{\"reason\": \"" + long1025.substring(2) + "\"}").status()).isEqualTo(204);
  }

  private String reconciled(String cluster) {
    var condition = get("/clusters/" + cluster).at("/status/conditions/0");
    return condition.path("status").asText() + " " + condition.path("reason").asText();
  }

  private void finalizeCluster(String id, int generation) {
    for (String adapter : new String[]{"validation", "dns", "placement", "hyperfleet"}) {
      reportFinalized(id, adapter, generation);
    }
  }

  private void finalizeMachine(String id) {
    reportFinalized(id, "boot", 2);
    assertThat(reportFinalized(id, "join", 2).status()).isEqualTo(201);
  }
}
