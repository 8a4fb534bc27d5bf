package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters' reports, over HTTP. */
@Tag("faults")
class ReportHttpIT extends ApiIT {

  @ParameterizedTest
  @CsvSource({"PUT, statuses", "POST, statuses", "PUT, status", "POST, status"})
  void takesAReportByEitherVerbUnderEitherName(String method, String path) {
    var id = createCluster("demo");

    var answer = send(method, "/clusters/" + id + "/" + path, reportBody("dns", 1, "True", Instant.now(), ""));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(get("/clusters/" + id + "/" + path).at("/items/0")).isEqualTo(answer.body());
  }

  @Test
  void showsAReportAsItWasStored() {
    var id = createCluster("demo");

    var answer = send("PUT", "/clusters/" + id + "/statuses", """
        {"adapter": "dns", "observed_generation": 1, "observed_time": "%s",
         "conditions": [{"type": "Applied", "status": "True"}, {"type": "Health", "status": "True"},
                        {"type": "Available", "status": "True", "reason": "Ready", "message": "done"},
                        {"type": "Quota", "status": "Unknown"}],
         "metadata": {"job_name": "j", "attempt": 2}, "data": {"dns": {"domain": "a.example"}}}"""
        .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));

    assertThat(answer.body().findValuesAsText("type")).containsExactly("Applied", "Health", "Available", "Quota");
    assertThat(answer.at("/conditions/0/last_transition_time")).isEqualTo(answer.body().path("last_report_time"));
    assertThat(answer.at("/created_time")).isEqualTo(answer.body().path("last_report_time"));
    assertThat(answer.at("/data/dns/domain").asText()).isEqualTo("a.example");
    assertThat(answer.at("/metadata/attempt").asInt()).isEqualTo(2);
    assertThat(answer.at("/last_definitive/reason").asText()).isEqualTo("Ready");
    assertThat(answer.at("/last_definitive/data/dns/domain").asText()).isEqualTo("a.example");
    assertThat(get("/clusters/" + id + "?include=statuses").at("/adapter_statuses/0")).isEqualTo(answer.body());
  }

  @Test
  void answersTheStoredReportWhenTheSameComesAgain() {
    var id = createCluster("demo");
    var time = Instant.now();
    var first = report(id, "dns", 1, "True", time);

    var again = report(id, "dns", 1, "False", time);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void saysWhyAReportIsDiscarded() {
    var id = createCluster("demo");
    patch("/clusters/" + id, "{\"spec\": {}}");
    report(id, "dns", 2, "True");

    var older = report(id, "dns", 2, "False", Instant.now().minusSeconds(60));
    var staleGeneration = report(id, "dns", 1, "False");
    var future = report(id, "dns", 3, "False");

    assertThat(older.status()).isEqualTo(204);
    assertThat(older.header("x-hyperfleet-discard-reason")).isEqualTo("stale-observed-time");
    assertThat(staleGeneration.header("x-hyperfleet-discard-reason")).isEqualTo("stale-generation");
    assertThat(future.header("x-hyperfleet-discard-reason")).isEqualTo("future-generation");
    assertThat(get("/clusters/" + id + "/statuses").at("/items/0/last_definitive/status").asText()).isEqualTo("True");
  }

  @Test
  void staysReadyWhileAnAdapterDoesNotKnow() {
    var id = createCluster("demo");
    reportAll(id, 1, "True");

    assertThat(report(id, "dns", 1, "Unknown").status()).isEqualTo(201);

    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("Ready");
    var stored = get("/clusters/" + id + "/statuses").at("/items/0");
    assertThat(stored.at("/conditions/1/status").asText()).isEqualTo("Unknown");
    assertThat(stored.at("/last_definitive/status").asText()).isEqualTo("True");
  }

  @Test
  void doesNotCountAdaptersThatAreNotRequired() {
    var id = createCluster("demo");
    reportAll(id, 1, "True");

    report(id, "extra", 1, "False");

    var cluster = get("/clusters/" + id);
    assertThat(cluster.at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(cluster.at("/status/conditions").findValuesAsText("type")).doesNotContain("ExtraSuccessful");
    assertThat(get("/clusters/" + id + "/statuses").at("/total").asInt()).isEqualTo(5);
  }

  @Test
  void takesTheFlatFormOfTheComponentDiagram() {
    var id = createCluster("demo");

    post("/clusters/" + id + "/status", "{\"adapter_name\": \"validation\", \"phase\": \"InProgress\"}");
    var ready = post("/clusters/" + id + "/status", "{\"adapter_name\": \"validation\", \"phase\": \"Ready\"}");

    assertThat(ready.status()).isEqualTo(201);
    assertThat(ready.at("/observed_generation").asInt()).isEqualTo(1);
    assertThat(get("/clusters/" + id).body().toString()).contains("ValidationSuccessful");
  }

  @Test
  void pagesReportsByAdapter() {
    var id = createCluster("demo");
    reportAll(id, 1, "True");

    var page = get("/clusters/" + id + "/statuses?page=2&size=3");

    assertThat(page.at("/total").asInt()).isEqualTo(4);
    assertThat(page.at("/size").asInt()).isEqualTo(1);
    assertThat(page.at("/items").findValuesAsText("adapter")).containsExactly("validation");
  }

  @Test
  void stopsWritingProgressEventsWhenTheyCouldBeALoop() {
    var id = createCluster("demo");

    for (int i = 0; i < 30; i++) {
      report(id, "validation", 1, i % 2 == 0 ? "True" : "False", Instant.now());
    }

    assertThat(outboxRows(id)).as("the creation, and 10 + 2 x 4").isEqualTo(19);
    assertThat(get("/clusters/" + id + "/statuses").at("/items/0/conditions/1/status").asText()).isEqualTo("False");
  }

  @Test
  void keepsWhatAnAdapterHasLaunchedUntilANewerGeneration() {
    var id = createCluster("demo");
    launch(id, 1, "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 1, \"digest\": \"d\"}");
    report(id, "dns", 1, "Unknown");
    assertThat(launched(id)).as("a report without it leaves it").hasSize(1);

    launch(id, 1, "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 1, \"result\": \"Failed\"}");
    launch(id, 1, "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 1}");
    assertThat(launched(id).get(0).path("result").asText()).as("a result that was seen stays").isEqualTo("Failed");
    launch(id, 1,
        "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 1, \"result\": \"Failed\", \"output\": \"why\"}");
    launch(id, 1, "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 1, \"result\": \"Failed\"}");
    assertThat(launched(id).get(0).path("output").asText()).as("what it returned stays, too").isEqualTo("why");
    launch(id, 1,
        "{\"object\": \"Job j\", \"generation\": 1, \"attempt\": 2}, {\"object\": \"Job k\", \"generation\": 1}");
    assertThat(launched(id)).hasSize(2);
    assertThat(launched(id).get(0).has("result")).as("not that of the next attempt").isFalse();
    assertThat(launched(id).get(0).has("output")).isFalse();

    patch("/clusters/" + id, "{\"spec\": {}}");
    report(id, "dns", 2, "Unknown");
    assertThat(launched(id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      "j"                                                      | launched[0]
      {"generation": 1}                                        | launched[0].object
      {"object": "j"}                                          | launched[0].generation
      {"object": "j", "generation": 0}                         | launched[0].generation
      {"object": "j", "generation": 1, "result": "Perhaps"}    | launched[0].result
      {"object": 5, "generation": 1}                           | launched[0].object
      {"object": "j", "generation": 1, "output": {"a": 1}}     | launched[0].output
      """)
  void refusesALaunchThatIsNone(String launch, String field) {
    var answer = launch(createCluster("demo"), 1, launch);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors").findValuesAsText("field")).contains(field);
  }

  @Test
  void keepsAnOutputOfWhatKubernetesKeepsAtMost() {
    var id = createCluster("demo");

    assertThat(launch(id, 1, output("é".repeat(4_096))).status()).isEqualTo(201);
    var answer = launch(id, 1, output("a".repeat(4_097)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors").findValuesAsText("message"))
        .contains("launched[0].output must be at most 4096 characters");
  }

  private static String output(String text) {
    return "{\"object\": \"Job j\", \"generation\": 1, \"result\": \"Succeeded\", \"output\": \"" + text + "\"}";
  }

  private Answer launch(String id, int generation, String launches) {
    return send("PUT", "/clusters/" + id + "/statuses", reportBody("dns", generation, "Unknown", Instant.now(), "")
        .replaceFirst("\\{", "{\"launched\": [" + launches + "],"));
  }

  private JsonNode launched(String id) {
    return get("/clusters/" + id + "?include=statuses").at("/adapter_statuses/0/launched");
  }
}
