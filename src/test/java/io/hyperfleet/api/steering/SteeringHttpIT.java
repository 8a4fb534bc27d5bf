package io.hyperfleet.api.steering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.api.ApiIT;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators do with a resource: pause it, retry an adapter, look at what has happened. */
@Tag("faults")
class SteeringHttpIT extends ApiIT {

  @Test
  void aListShowsReportsWhereTheyAreAskedFor() {
    var one = createCluster("one");
    createCluster("two");
    report(one, "dns", 1, "True");

    var list = get("/clusters?include=statuses&order=name");

    assertThat(list.at("/items/0/adapter_statuses")).isEqualTo(get("/clusters/" + one + "/statuses").at("/items"));
    assertThat(list.at("/items/1/adapter_statuses").isArray()).isTrue();
    assertThat(list.at("/items/1/adapter_statuses")).isEmpty();
    assertThat(list.header("X-HyperFleet-Time")).isNotNull();
    assertThat(get("/clusters?order=name").at("/items/0").has("adapter_statuses")).isFalse();
    assertThat(get("/resources?include=statuses&order=name&fields=name,adapter_statuses").at("/items/0"))
        .hasSize(3);
    assertThat(get("/clusters?include=reports").status()).isEqualTo(400);
    assertThat(get("/clusters?due=true&include=statuses").status()).isEqualTo(400);
  }

  @Test
  void whatIsPausedIsLeftAlone() {
    var id = createCluster("demo");
    var before = get("/clusters/" + id);
    long events = outboxRows(id);

    var paused = patch("/clusters/" + id, "{\"paused\": true}");

    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.at("/paused").asBoolean()).isTrue();
    assertThat(paused.at("/generation")).isEqualTo(before.at("/generation"));
    assertThat(paused.at("/updated_time")).isEqualTo(before.at("/updated_time"));
    assertThat(condition(paused.body(), "Paused").path("message").asText())
        .startsWith("Paused by " + paused.text("paused_by") + " since " + paused.text("paused_time"));
    assertThat(condition(paused.body(), "Reconciled").path("message").asText()).startsWith("Paused by ");
    assertThat(get("/clusters/" + id).body()).isEqualTo(paused.body());
    assertThat(patch("/clusters/" + id, "{\"paused\": true}").body()).isEqualTo(paused.body());

    report(id, "validation", 1, "True");
    patch("/clusters/" + id, "{\"spec\": {\"region\": \"r2\"}}");
    var refused = post("/events", "{\"aggregate_id\": \"" + id + "\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/detail").asText()).contains("is paused by").contains("resume it first");
    assertThat(post("/events", "{\"items\": [{\"aggregate_id\": \"" + id + "\"}]}").at("/items/0/error/status").asInt())
        .isEqualTo(409);
    assertThat(outboxRows(id)).isEqualTo(events);
    assertThat(get("/clusters?due=true").at("/items")).isEmpty();
    assertThat(jdbc.sql("select next_event_time from resource_schedules").query(Instant.class).list())
        .containsExactly((Instant) null);
  }

  @Test
  void whatGoesOnHasAnEvent() {
    var id = createCluster("demo");
    patch("/clusters/" + id, "{\"paused\": true}");
    long events = outboxRows(id);

    var resumed = patch("/clusters/" + id, "{\"paused\": false}");

    assertThat(resumed.body().has("paused")).isFalse();
    assertThat(resumed.body().has("paused_by")).isFalse();
    assertThat(resumed.body().findValuesAsText("type")).doesNotContain("Paused");
    assertThat(outboxRows(id)).isEqualTo(events + 1);
    assertThat(get("/events?aggregate_id=" + id).at("/items/0/reason").asText()).isEqualTo("resumed");
    patch("/clusters/" + id, "{\"paused\": false}");
    assertThat(outboxRows(id)).isEqualTo(events + 1);
  }

  @Test
  void aDeletionWaitsUntilItGoesOn() {
    var id = createCluster("demo");
    patch("/clusters/" + id, "{\"paused\": true}");
    delete("/clusters/" + id);
    for (String adapter : new String[]{"validation", "dns", "placement", "hyperfleet"}) {
      reportFinalized(id, adapter, 2);
    }

    assertThat(get("/clusters/" + id).at("/deleted_time").asText()).isNotEmpty();
    assertThat(patch("/clusters/" + id, "{\"paused\": false, \"spec\": {}}").status()).isEqualTo(409);
    assertThat(patch("/clusters/" + id, "{\"paused\": false}").status()).isEqualTo(200);
    assertThat(get("/clusters/" + id).status()).isEqualTo(404);
  }

  @Test
  void whatIsPausedCanBeRemovedByForce() {
    var id = createCluster("demo");
    patch("/clusters/" + id, "{\"paused\": true}");
    delete("/clusters/" + id);

    assertThat(post("/clusters/" + id + "/force-delete", "{\"reason\": \"test\"}").status()).isEqualTo(204);
  }

  @Test
  void aDeletionOfSomethingWithoutAdaptersWaitsToo() {
    var id = create("/channels", "Channel", "demo");
    patch("/channels/" + id, "{\"paused\": true}");

    assertThat(delete("/channels/" + id).status()).isEqualTo(202);
    assertThat(get("/channels/" + id).status()).isEqualTo(200);
    assertThat(get("/channels/" + id).body().findValuesAsText("type")).containsExactly("Paused");
    patch("/channels/" + id, "{\"paused\": false}");
    assertThat(get("/channels/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"paused": "yes"}      | 400
      {"paused": 1}          | 400
      {"paused": null}       | 400
      {"paused": {}}         | 400
      {"paused": true, "x":1}| 400
      """)
  void aPauseIsTrueOrFalse(String body, int status) {
    assertThat(patch("/clusters/" + createCluster("demo"), body).status()).isEqualTo(status);
  }

  @Test
  void aFailedJobIsTriedOnceMore() {
    var id = createCluster("demo");
    failed(id, "validation", 1);
    long events = outboxRows(id);

    var answer = post("/clusters/" + id + "/adapters/validation/retry", null);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/wanted_attempt").asInt()).isEqualTo(2);
    assertThat(answer.text("requested_by")).isNotEmpty();
    assertThat(get("/events/" + answer.text("event_id")).text("reason")).isEqualTo("retry-requested");
    assertThat(outboxRows(id)).isEqualTo(events + 1);
    var shown = get("/clusters/" + id + "?include=statuses");
    assertThat(shown.at("/adapter_statuses/0/retry/wanted_attempt").asInt()).isEqualTo(2);
    assertThat(shown.at("/adapter_statuses/0/retry/requested_time").asText()).isEqualTo(answer.text("requested_time"));
    assertThat(condition(shown.body(), "Reconciled").path("message").asText())
        .contains("validation is to run attempt 2, requested by " + answer.text("requested_by") + " at ");

    assertThat(post("/clusters/" + id + "/adapters/validation/retry", null).at("/wanted_attempt").asInt()).isEqualTo(2);
    failed(id, "validation", 2);
    assertThat(condition(get("/clusters/" + id).body(), "Reconciled").path("message").asText())
        .startsWith("validation failed with JobFailed: exit code 1");
    assertThat(get("/clusters/" + id + "/statuses").at("/items/0/retry/wanted_attempt").asInt()).isEqualTo(2);
    assertThat(post("/resources/" + id + "/adapters/validation/retry", "{}").at("/wanted_attempt").asInt())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      True    | JobSucceeded        | 1 | 200 | is Available at generation 1: nothing to retry
      Unknown | JobInProgress       | 1 | 409 | it is in progress (JobInProgress)
      False   | PreconditionsNotMet | 1 | 409 | none of its Jobs has failed or is gone (PreconditionsNotMet)
      False   | JobGone             | 1 | 202 | will make attempt 2
      False   | JobFailed           | 1 | 202 | will make attempt 2
      False   | JobFailed           | 2 | 409 | has not reported on generation 2 yet
      """)
  void otherStatesSayWhatThereIsToDo(String available, String reason, int generation, int status, String words) {
    var id = createCluster("demo");
    tell(id, "validation", available, reason, "");
    if (generation == 2) {
      patch("/clusters/" + id, "{\"spec\": {\"region\": \"r2\"}}");
    }

    var answer = post("/clusters/" + id + "/adapters/validation/retry", null);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/message").asText("") + answer.at("/detail").asText("")).contains(words);
  }

  @Test
  void thereMustBeSuchAnAdapter() {
    var id = createCluster("demo");

    assertThat(post("/clusters/" + id + "/adapters/other/retry", null).status()).isEqualTo(404);
    assertThat(post("/clusters/" + id + "/adapters/dns/retry", null).status()).isEqualTo(409);
    assertThat(post("/clusters/" + id + "/adapters/No%20Name/retry", null).status()).isEqualTo(400);
    assertThat(post("/clusters/0198f3c5-0000-7000-8000-000000000000/adapters/dns/retry", null).status()).isEqualTo(404);
    failed(id, "dns", 1);
    patch("/clusters/" + id, "{\"paused\": true}");
    assertThat(post("/clusters/" + id + "/adapters/dns/retry", null).at("/detail").asText()).contains("is paused by");
  }

  @Test
  void theHistoryHasWhatChangedAnAnswer() {
    var id = createCluster("demo");
    failed(id, "validation", 1);
    failed(id, "validation", 1);
    post("/clusters/" + id + "/adapters/validation/retry", null);
    tell(id, "validation", "Unknown", "JobInProgress", "");
    tell(id, "validation", "True", "JobSucceeded", "");
    tell(id, "validation", "True", "JobSucceeded", "");

    var items = get("/clusters/" + id + "/history").at("/items");

    assertThat(items.findValuesAsText("type").stream().filter("report"::equals)).hasSize(3);
    assertThat(items.findValuesAsText("action")).containsExactly("retry");
    assertThat(items.findValuesAsText("reason")).contains("created", "retry-requested", "JobFailed", "JobInProgress",
        "JobSucceeded");
    var times = items.findValuesAsText("time").stream().map(Instant::parse).toList();
    assertThat(times).isSortedAccordingTo((one, other) -> other.compareTo(one));
    assertThat(get("/clusters/" + id + "/history?size=2").at("/items")).hasSize(2);
    assertThat(get("/clusters/" + id + "/history?size=201").status()).isEqualTo(400);
    assertThat(get("/operations?size=many").status()).isEqualTo(400);
    assertThat(get("/clusters/0198f3c5-0000-7000-8000-000000000000/history").status()).isEqualTo(404);
  }

  @Test
  void theHistoryOfOneThatFlapsStaysShort() {
    var id = createCluster("demo");
    IntStream.range(0, 320).forEach(i -> tell(id, "validation", i % 2 == 0 ? "True" : "False", "Flaps", ""));

    assertThat(get("/clusters/" + id + "/history").at("/items")).hasSize(200);
    assertThat(jdbc.sql("select count(*) from resource_history where resource_id = ?::uuid").param(id)
        .query(Long.class).single()).isLessThan(320);
  }

  private void failed(String id, String adapter, int attempt) {
    tell(id, adapter, "False", "JobFailed", ", \"launched\": [{\"object\": \"Job j\", \"generation\": 1, \"attempt\": "
        + attempt + ", \"result\": \"Failed\"}]");
  }

  private void tell(String id, String adapter, String available, String reason, String more) {
    var body = """
        {"adapter": "%s", "observed_generation": 1, "observed_time": "%s", "conditions": [
          {"type": "Applied", "status": "True"}, {"type": "Health", "status": "True"},
          {"type": "Available", "status": "%s", "reason": "%s", "message": "exit code 1"}]%s}"""
        .formatted(adapter, Instant.now(), available, reason, more);
    assertThat(send("PUT", "/clusters/" + id + "/statuses", body).status()).isEqualTo(201);
  }

  private static JsonNode condition(JsonNode resource, String type) {
    for (JsonNode condition : resource.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type);
  }
}
