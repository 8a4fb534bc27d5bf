package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Node pools: below their cluster, and flat. */
class NodePoolHttpIT extends ApiIT {

  @Test
  void isCreatedBelowItsCluster() {
    var cluster = createCluster("demo");

    var created = post("/clusters/" + cluster + "/nodepools", resource("NodePool", "pool-a"));

    assertThat(created.status()).isEqualTo(201);
    var href = "/api/hyperfleet/v1/clusters/" + cluster + "/nodepools/" + created.text("id");
    assertThat(created.text("href")).isEqualTo(href);
    assertThat(created.header("location")).isEqualTo(href);
    assertThat(created.at("/owner_references").toString()).isEqualTo(
        "{\"id\":\"" + cluster + "\",\"kind\":\"Cluster\",\"href\":\"/api/hyperfleet/v1/clusters/" + cluster + "\"}");
    assertThat(created.at("/status/phase").asText()).isEqualTo("NotReady");
    assertThat(get("//" + href.substring(1)).body()).isEqualTo(created.body());
    assertThat(get("/nodepools/" + created.text("id")).body()).isEqualTo(created.body());
    assertThat(get("//api/nodepools/" + created.text("id")).body()).isEqualTo(created.body());
  }

  @Test
  void itsEventsNameItsCluster() {
    var cluster = createCluster("demo");
    var created = post("/clusters/" + cluster + "/nodepools", resource("NodePool", "pool-a"));

    var event = get("/events?aggregate_id=" + created.text("id")).at("/items/0");

    assertThat(event.path("aggregate_type").asText()).isEqualTo("NodePool");
    assertThat(event.path("event_type").asText()).isEqualTo("nodepool.changed.v1");
    assertThat(event.at("/payload/kind").asText()).isEqualTo("NodePool");
    assertThat(event.at("/payload/owner_references")).isEqualTo(created.at("/owner_references"));
    assertThat(outboxRows(cluster)).as("the cluster itself has not changed").isEqualTo(1);
    assertThat(post("/events", "{\"resourceType\": \"nodepools\", \"resourceId\": \"" + created.text("id") + "\"}")
        .status()).isEqualTo(202);
  }

  @Test
  void isListedBelowItsClusterAndWithAllOthers() {
    var one = createCluster("one");
    var other = createCluster("other");
    var a = create("/clusters/" + one + "/nodepools", "NodePool", "pool-a");
    var b = create("/clusters/" + other + "/nodepools", "NodePool", "pool-a");

    assertThat(get("/clusters/" + one + "/nodepools").at("/items").findValuesAsText("id")).contains(a)
        .doesNotContain(b);
    assertThat(get("/clusters/" + one + "/nodepools").at("/total").asInt()).isEqualTo(1);
    assertThat(get("/nodepools").at("/total").asInt()).isEqualTo(2);
    assertThat(get("/clusters").at("/total").asInt()).isEqualTo(2);
    assertThat(get("/clusters/" + one + "/nodepools?status=Ready").at("/total").asInt()).isZero();
  }

  @Test
  void isFoundBelowItsOwnClusterOnly() {
    var one = createCluster("one");
    var other = createCluster("other");
    var pool = create("/clusters/" + one + "/nodepools", "NodePool", "pool-a");
    var wrong = "/clusters/" + other + "/nodepools/" + pool;

    for (var answer : new Answer[]{get(wrong), patch(wrong, "{\"spec\": {}}"), delete(wrong), get(wrong + "/statuses"),
        post(wrong + "/force-delete", "{\"reason\": \"x\"}"),
        send("PUT", wrong + "/statuses", reportBody("any", 1, "True", Instant.now(), "")), get("/clusters/" + pool)}) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("code")).isEqualTo("HYPERFLEET-NTF-001");
    }
    assertThat(get(wrong).text("detail")).isEqualTo("NodePool with id='" + pool + "' not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0198f000-0000-7000-8000-000000000000"})
  void needsAClusterThatThereIs(String id) {
    for (var answer : new Answer[]{get("/clusters/" + id + "/nodepools"),
        post("/clusters/" + id + "/nodepools", resource("NodePool", "pool-a"))}) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("detail")).isEqualTo("Cluster with id='" + id + "' not found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodepools", "/resources"})
  void isNeverCreatedWithoutItsCluster(String path) {
    var answer = post(path, resource("NodePool", "pool-a"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-VAL-000");
    assertThat(answer.text("detail")).contains("/clusters/{id}/nodepools");
  }

  @Test
  void isNotAddedToAClusterThatIsBeingDeleted() {
    var cluster = createCluster("demo");
    delete("/clusters/" + cluster);

    var answer = post("/clusters/" + cluster + "/nodepools", resource("NodePool", "pool-a"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-CNF-003");
    assertThat(answer.text("detail")).isEqualTo("Cluster '" + cluster + "' is marked for deletion");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"kind": "Cluster", "name": "pool", "spec": {}} | kind must be 'NodePool'
      {"kind": "NodePool", "name": "po", "spec": {}} | name must be at least 3 characters
      {"kind": "NodePool", "name": "a-pool-with-16-ch", "spec": {}} | name must be at most 15 characters
      """)
  void hasRulesOfItsOwn(String body, String detail) {
    var answer = post("/clusters/" + createCluster("demo") + "/nodepools", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).isEqualTo(detail);
  }

  @Test
  void hasANameThatIsUniqueWithinItsCluster() {
    var cluster = createCluster("demo");
    create("/clusters/" + cluster + "/nodepools", "NodePool", "pool-a");

    var again = post("/clusters/" + cluster + "/nodepools", resource("NodePool", "pool-a"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("code")).isEqualTo("HYPERFLEET-CNF-001");
    assertThat(again.text("detail")).isEqualTo("This NodePool already exists");
    create("/clusters/" + createCluster("other") + "/nodepools", "NodePool", "pool-a");
  }

  @Test
  void isChangedAndReportedAboutLikeACluster() {
    var cluster = createCluster("demo");
    var pool = create("/clusters/" + cluster + "/nodepools", "NodePool", "pool-a");

    assertThat(patch("/nodepools/" + pool, "{\"spec\": {\"size\": 3}}").at("/generation").asInt()).isEqualTo(2);
    assertThat(send("POST", "/nodepools/" + pool + "/status", reportBody("any", 2, "True", Instant.now(), ""))
        .status()).isEqualTo(201);

    var nested = "/clusters/" + cluster + "/nodepools/" + pool;
    assertThat(get(nested + "/statuses").at("/items/0/adapter").asText()).isEqualTo("any");
    assertThat(get(nested + "?include=statuses").at("/adapter_statuses/0/adapter").asText()).isEqualTo("any");
    assertThat(get("/clusters/" + cluster + "/statuses").at("/total").asInt()).isZero();
  }
}
