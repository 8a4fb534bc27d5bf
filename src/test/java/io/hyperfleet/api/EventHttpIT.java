package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedule as a Sentinel reads it, and the events that it and people ask for. Tests own the schedule's times. */
class EventHttpIT extends ApiIT {

  @Test
  void isDueASecondAfterCreationWhenEveryAdapterHasAnswered() {
    var id = createCluster("demo");
    assertThat(afterCreation(id)).as("nobody has answered").isEqualTo(Duration.ofSeconds(30));
    for (String adapter : List.of("validation", "dns", "placement")) {
      report(id, adapter, 1, "Unknown");
    }
    assertThat(afterCreation(id)).as("one has not answered").isEqualTo(Duration.ofSeconds(30));

    jdbc.sql("update resource_schedules set last_event_time = last_event_time - interval '7 seconds'").update();
    report(id, "hyperfleet", 1, "Unknown");

    assertThat(time("next_event_time", id)).as("the pause is over, the last answer is what it waited for")
        .isEqualTo(answered(id, "hyperfleet"));
    report(id, "dns", 1, "Unknown");
    assertThat(time("next_event_time", id)).as("further answers move nothing").isEqualTo(answered(id, "hyperfleet"));
  }

  @Test
  void keepsThePauseWhenAnswersComeBeforeItsEnd() {
    var id = createCluster("demo");
    reportAll(id, 1, "Unknown");

    assertThat(afterCreation(id)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
    assertThat(jdbc.sql("select outstanding_since is not null from resource_schedules").query(Boolean.class).single())
        .isFalse();
  }

  @Test
  void takesADiscardedReportForAnAnswer() {
    var id = createCluster("demo");
    reportAll(id, 1, "Unknown");
    published();
    makeDue(id, 0);
    postDue();
    for (String adapter : List.of("validation", "dns", "placement")) {
      report(id, adapter, 1, "Unknown");
    }

    assertThat(report(id, "hyperfleet", 1, "Unknown", Instant.now().minusSeconds(60)).status()).isEqualTo(204);

    assertThat(jdbc.sql("select outstanding_since is not null from resource_schedules").query(Boolean.class).single())
        .isFalse();
    assertThat(answered(id, "hyperfleet")).isAfterOrEqualTo(time("last_event_time", id));
  }

  @Test
  void doesNotWaitForAnAdapterThatIsAvailableAndHasJustLooked() {
    var id = createCluster("demo");
    for (String adapter : List.of("validation", "dns", "placement")) {
      report(id, adapter, 1, "True");
    }
    report(id, "hyperfleet", 1, "Unknown");
    published();
    makeDue(id, 0);
    postDue();

    report(id, "hyperfleet", 1, "Unknown");
    assertThat(jdbc.sql("select outstanding_since is not null from resource_schedules").query(Boolean.class).single())
        .isFalse();

    published();
    jdbc.sql("update adapter_statuses set answered_time = answered_time - interval '31 seconds' where adapter = 'dns'")
        .update();
    makeDue(id, 0);
    postDue();
    report(id, "hyperfleet", 1, "Unknown");
    assertThat(jdbc.sql("select outstanding_since is not null from resource_schedules").query(Boolean.class).single())
        .as("dns looks again after 30 seconds").isTrue();
  }

  @Test
  void showsWhatIsDueInTheOrderOfItsTimes() {
    var id = createCluster("demo");
    makeDue(id, -60);
    assertThat(due().size()).as("it is due in a minute").isZero();

    makeDue(id, 0);

    var due = due().get(0);
    assertThat(due.path("id").asText()).isEqualTo(id);
    assertThat(due.path("generation").asInt()).isEqualTo(1);
    assertThat(due.path("phase").asText()).isEqualTo("NotReady");
    assertThat(due.path("attempt").asInt()).isZero();
    assertThat(due.path("reason").asText()).isEqualTo("never-processed");
    assertThat(due.properties()).hasSize(6);
  }

  @Test
  void listsWhatIsDueTheLongestDueFirst() {
    var first = createCluster("first");
    var second = createCluster("second");
    makeDue(createCluster("not-yet"), -60);
    makeDue(first, 5);
    makeDue(second, 60);

    assertThat(due().findValuesAsText("id")).containsExactly(second, first);
    assertThat(get("/clusters?due=true&size=1").at("/items").findValuesAsText("id")).containsExactly(second);
    assertThat(get("/clusters?due=true").body().properties()).hasSize(1);
  }

  @Test
  void saysWhyAClusterIsDue() {
    var id = createCluster("demo");
    report(id, "validation", 1, "Unknown");
    makeDue(id, 0);
    assertThat(due().at("/0/reason").asText()).isEqualTo("not-ready-max-age");

    patch("/clusters/" + id, "{\"spec\": {}}");
    makeDue(id, 0);
    assertThat(due().at("/0/reason").asText()).isEqualTo("generation-changed");

    reportAll(id, 2, "True");
    makeDue(id, 0);
    assertThat(due().at("/0/reason").asText()).isEqualTo("ready-max-age");
  }

  @Test
  void schedulesAReadyClusterHalfAnHourAfterItsOldestReport() {
    var id = createCluster("demo");
    var oldest = Instant.now().minusSeconds(60);
    report(id, "dns", 1, "True", oldest);
    reportAll(id, 1, "True");
    report(id, "placement", 1, "True");

    var expected = jdbc.sql("select min(last_report_time) + interval '30 minutes' from adapter_statuses")
        .query(OffsetDateTime.class).single().toInstant();
    assertThat(time("next_event_time", id)).isEqualTo(expected);
  }

  @Test
  void movesTheScheduleOnWithEachEventThatWon() {
    var id = createCluster("demo");
    published();

    makeDue(id, 0);
    var before = Instant.now();
    var answer = postDue();
    var after = Instant.now();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/items/0/status").asText()).isEqualTo("accepted");
    assertThat(jdbc.sql("select event_attempt from resource_schedules").query(Integer.class).single()).isEqualTo(1);
    assertThat(time("next_event_time", id)).as("nobody has answered yet").isBetween(before.plusSeconds(29),
        after.plusSeconds(31));
    reportAll(id, 1, "Unknown");
    assertThat(Duration.between(time("last_event_time", id), time("next_event_time", id)))
        .as("two seconds later, with jitter")
        .isBetween(Duration.ofMillis(1790), Duration.ofSeconds(20));
    var event = get("/events/" + answer.at("/items/0/event_id").asText());
    assertThat(event.text("source")).isEqualTo("sentinel");
    assertThat(event.text("reason")).isEqualTo("never-processed");
    assertThat(event.text("status")).isEqualTo("pending");
    assertThat(event.at("/payload/id").asText()).isEqualTo(id);
  }

  @Test
  void givesOneOfTwoSentinelsTheEvent() {
    var id = createCluster("demo");
    published();
    makeDue(id, 0);
    var body = items("Cluster", due());

    var winner = post("/events", body);
    published();
    var loser = post("/events", body);

    assertThat(winner.at("/items/0/status").asText()).isEqualTo("accepted");
    assertThat(loser.at("/items/0/status").asText()).isEqualTo("coalesced");
    assertThat(loser.at("/items/0").has("event_id")).isFalse();
    assertThat(outboxRows(id)).isEqualTo(2);
  }

  /** Its adapters are busy with the event of another machine, and have not come to this one's. */
  @Test
  void writesNoEventWhileTheLastOneIsInTheAdaptersQueues() {
    var busy = createMachine("busy");
    var id = createMachine("demo");
    published();
    handled(busy, time("last_event_time", busy));
    makeDue(id, 0);
    var before = Instant.now();

    assertThat(postDueMachines().at("/items/0/status").asText()).isEqualTo("coalesced");

    assertThat(outboxRows(id)).isEqualTo(1);
    assertThat(time("next_event_time", id)).isBetween(before, Instant.now().plusSeconds(31));
    assertThat(post("/events", "{\"aggregate_type\": \"Machine\", \"aggregate_id\": \"" + id + "\"}").text("status"))
        .as("who asks for one gets one").isEqualTo("accepted");

    published();
    makeDue(id, 0);
    handled(busy, time("last_event_time", id));
    assertThat(postDueMachines().at("/items/0/status").asText()).as("lost, as they have come to it")
        .isEqualTo("accepted");
  }

  @Test
  void waitsForTheAdapterThatIsBehindWhenAnotherIsNot() {
    var busy = createMachine("busy");
    var id = createMachine("demo");
    published();
    handled(busy, time("last_event_time", busy));
    var event = time("last_event_time", id).toString();
    reportOnEvent(id, "boot", event);
    makeDue(id, 0);
    assertThat(postDueMachines().at("/items/0/status").asText()).isEqualTo("coalesced");

    reportOnEvent(id, "join", event);
    makeDue(id, 0);
    assertThat(postDueMachines().at("/items/0/status").asText()).isEqualTo("accepted");
  }

  @Test
  void refusesTheTimeOfAnEventThatIsNone() {
    var id = createMachine("demo");

    var answer = reportOnEvent(id, "boot", "yesterday");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors/0/message").asText()).isEqualTo("X-HyperFleet-Event-Time must be an RFC 3339 time");
    assertThat(reportOnEvent(id, "boot", "2026-01-01T00:00:00+01:00").status()).isEqualTo(201);
  }

  private String createMachine(String name) {
    return create("/clusters/" + createCluster(name) + "/machines", "Machine", name);
  }

  private void handled(String id, Instant event) {
    for (String adapter : List.of("boot", "join")) {
      assertThat(reportOnEvent(id, adapter, event.toString()).status()).isEqualTo(201);
    }
  }

  private Answer reportOnEvent(String id, String adapter, String event) {
    return send("PUT", "/resources/" + id + "/statuses", reportBody(adapter, 1, "Unknown", Instant.now(), ""),
        "X-HyperFleet-Event-Time", event);
  }

  private Answer postDueMachines() {
    return post("/events", items("Machine", get("/machines?due=true").at("/items")));
  }

  @Test
  void letsAWaitingEventStandForANewOneUntilARelayHasIt() {
    var id = createCluster("demo");

    var waiting = post("/events", "{\"aggregate_id\": \"" + id + "\"}");
    assertThat(waiting.text("status")).isEqualTo("coalesced");
    assertThat(waiting.text("event_id")).isEqualTo(get("/events").at("/items/0/event_id").asText());

    jdbc.sql("update outbox set lease_id = gen_random_uuid(), lease_until = now() + interval '30 seconds'").update();
    var accepted = post("/events", "{\"aggregate_id\": \"" + id + "\"}");
    assertThat(accepted.text("status")).isEqualTo("accepted");
    assertThat(outboxRows(id)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"aggregate_type": "Cluster", "aggregate_id": "ID", "event_type": "cluster.changed.v1"}
      {"aggregateType": "clusters", "aggregateId": "ID"}
      {"resourceType": "CLUSTERS", "resourceId": "ID", "reason": "because"}
      {"cluster_id": "ID", "generation": 1}
      """)
  void takesBothFormsOfARequest(String body) {
    var id = createCluster("demo");
    published();

    var answer = post("/events", body.replace("ID", id));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("status")).isEqualTo("accepted");
    assertThat(get("/events/" + answer.text("event_id")).text("source")).isEqualTo("manual");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {}                                                       | 400
      {"aggregate_id": "ID", "aggregate_type": "Nothing"}      | 400
      {"aggregate_id": "ID", "generation": 2}                  | 400
      {"aggregate_id": "ID", "generation": "1"}                | 400
      {"aggregate_id": "ID", "event_type": "Not A Type"}       | 400
      {"aggregate_id": "ID", "next_event_time": "soon"}        | 400
      {"aggregate_id": "ID", "data": {}}                       | 400
      {"aggregate_id": "cls-1"}                                | 404
      {"aggregate_id": "0198f000-0000-7000-8000-000000000000"} | 404
      {"items": {}}                                            | 400
      """)
  void refusesWrongRequests(String body, int status) {
    var id = createCluster("demo");

    assertThat(post("/events", body.replace("ID", id)).status()).isEqualTo(status);
    assertThat(outboxRows(id)).isEqualTo(1);
  }

  @Test
  void answersEachItemOfABatchForItself() {
    var id = createCluster("demo");
    published();

    var answer = post("/events", """
        {"items": [{"aggregate_id": "%s"}, {"aggregate_id": "gone"}, 5, {"aggregate_id": 7}, {"aggregate_id": "%s"}]}"""
        .formatted(id, id));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/items").findValuesAsText("status").stream().filter(word -> !word.matches("\\d+")))
        .containsExactly("accepted", "rejected", "rejected", "rejected", "coalesced");
    assertThat(answer.at("/items/1/error/code").asText()).isEqualTo("HYPERFLEET-NTF-001");
    assertThat(answer.at("/items/4/event_id")).isEqualTo(answer.at("/items/0/event_id"));
    assertThat(outboxRows(id)).isEqualTo(2);
    assertThat(post("/events", "{\"items\": []}").at("/items").size()).isZero();
    assertThat(post("/events", "{\"items\": [" + "{},".repeat(1000) + "{}]}").status()).isEqualTo(400);
  }

  @Test
  void takesEventsForAClusterThatIsBeingDeleted() {
    var id = createCluster("demo");
    delete("/clusters/" + id);
    published();

    assertThat(post("/events", "{\"aggregate_id\": \"" + id + "\"}").text("status")).isEqualTo("accepted");
  }

  @Test
  void listsEventsByClusterAndState() {
    var one = createCluster("one");
    createCluster("two");
    jdbc.sql("update outbox set published = true, state = 'published', published_time = now() where aggregate_id = ?")
        .param(one).update();

    assertThat(get("/events").at("/total").asInt()).isEqualTo(2);
    assertThat(get("/events?aggregateId=" + one).at("/total").asInt()).isEqualTo(1);
    assertThat(get("/events?published=false").at("/items").findValuesAsText("status")).containsExactly("pending");
    assertThat(get("/events?status=published").at("/items").findValuesAsText("aggregate_id")).containsExactly(one);
    assertThat(get("/events?aggregate_id=nobody").at("/total").asInt()).isZero();
    assertThat(get("/events?published=maybe").status()).isEqualTo(400);
    assertThat(get("/events/x").text("code")).isEqualTo("HYPERFLEET-NTF-001");
  }

  @Test
  void revivesADeadEventAndNoOther() {
    createCluster("demo");
    var event = get("/events").at("/items/0/event_id").asText();
    assertThat(post("/events/" + event + "/retry", "").text("code")).isEqualTo("HYPERFLEET-CNF-003");
    jdbc.sql("update outbox set state = 'dead', attempts = 10, last_error = 'too large'").update();

    assertThat(post("/events/" + event + "/retry", "").status()).isEqualTo(202);

    assertThat(get("/events/" + event).text("status")).isEqualTo("pending");
    assertThat(get("/events/" + event).at("/attempts").asInt()).isZero();
    assertThat(post("/events/0198f000-0000-7000-8000-000000000000/retry", "").status()).isEqualTo(404);
  }

  private JsonNode due() {
    return get("/clusters?due=true").at("/items");
  }

  private Answer postDue() {
    return post("/events", items("Cluster", due()));
  }

  private static String items(String kind, JsonNode due) {
    var items = new StringBuilder();
    due.forEach(item -> items.append(items.isEmpty() ? "" : ",").append("""
        {"aggregate_type": "%s", "aggregate_id": "%s", "reason": "%s", "next_event_time": "%s"}""".formatted(
        kind, item.path("id").asText(), item.path("reason").asText(), item.path("next_event_time").asText())));
    return "{\"items\": [" + items + "]}";
  }

  private void makeDue(String id, int seconds) {
    jdbc.sql(
        "update resource_schedules set next_event_time = now() - make_interval(secs => ?) where resource_id = ?::uuid")
        .param(seconds).param(id).update();
  }

  private void published() {
    jdbc.sql("update outbox set published = true, state = 'published', published_time = now()").update();
  }

  private Duration afterCreation(String id) {
    return Duration.between(time("created_time", id), time("next_event_time", id));
  }

  private Instant answered(String id, String adapter) {
    return jdbc.sql("select answered_time from adapter_statuses where resource_id = ?::uuid and adapter = ?").param(id)
        .param(adapter)
        .query(OffsetDateTime.class).single().toInstant();
  }

  private Instant time(String column, String id) {
    return jdbc
        .sql("select " + column + " from resources join resource_schedules on resource_id = id where id = ?::uuid")
        .param(id)
        .query(OffsetDateTime.class).single().toInstant();
  }
}
