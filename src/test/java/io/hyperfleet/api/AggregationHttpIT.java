package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How reports add up, over HTTP. A story begins with a new cluster; {@code v:T1@10} is a report of validation,
 * Available True, about generation 1, observed at second 10 ({@code d}ns, {@code p}lacement, {@code h}yperfleet, and
 * {@code x}, which is not required; False, Unknown; {@code +} behind it: and Finalized), {@code all1@10} one of each, a
 * second apart, {@code patch} a new spec and {@code delete} the deletion. Of times, {@code w2} is the second of the
 * writes.
 */
class AggregationHttpIT extends ApiIT {

  private static final Map<Character, String> ADAPTERS = Map.of('v', "validation", 'd', "dns", 'p', "placement", 'h',
      "hyperfleet", 'x', "extra");

  private final Instant start = Instant.now().minusSeconds(1500).truncatedTo(ChronoUnit.SECONDS);
  private final List<String> writes = new ArrayList<>();
  private String id;

  @BeforeEach
  void create() {
    var created = post("/clusters", cluster("demo"));
    id = created.text("id");
    writes.add(created.text("updated_time"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = ';', nullValues = "none", textBlock = """
      A ; none ; False ReconciledMissingAdapters 1 w1 w1 ; False AdaptersMissingReports 1 w1 w1
      A one ; v:T1@10 ; False ReconciledMissingAdapters 1 10 w1 ; False AdaptersMissingReports 1 w1 w1
      B ; all1@10 ; True ReconciledAll 1 10 10 ; True AllAdaptersReconciled 1 10 10
      C ; all1@10 patch ; False ReconciledMissingAdapters 2 w2 w2 ; True AllAdaptersReconciled 1 10 10
      D ; all1@10 patch d:T2@30 ; False ReconciledMissingAdapters 2 30 w2 ; True AllAdaptersReconciled 1 10 10
      E ; all1@10 patch all2@30 ; True ReconciledAll 2 30 30 ; True AllAdaptersReconciled 2 30 10
      F ; all1@10 d:F1@20 ; False ReconciledMissingAdapters 1 10 10 ; False AdapterReportedNotAvailable 1 10 10
      F late ; all1@10 patch d:F1@20 ; False ReconciledMissingAdapters 2 w2 w2 ; False AdapterReportedNotAvailable 1 10 10
      G ; all1@10 patch d:F2@30 ; False ReconciledMissingAdapters 2 30 w2 ; True AllAdaptersReconciled 1 10 10
      H ; v:T1@10 patch d:T2@30 p:T2@31 h:T2@32 ; False ReconciledMissingAdapters 2 30 w1 ; False AdaptersNotAtSameGeneration 2 w1 w1
      I ; v:T1@10 d:F1@11 p:T1@12 h:T1@13 ; False ReconciledMissingAdapters 1 10 w1 ; False AdapterReportedNotAvailable 1 10 w1
      J ; all1@10 x:F1@20 ; True ReconciledAll 1 10 10 ; True AllAdaptersReconciled 1 10 10
      M ; all1@10 all1@40 ; True ReconciledAll 1 40 10 ; True AllAdaptersReconciled 1 40 10
      N ; all1@10 d:F1@20 d:T1@30 ; True ReconciledAll 1 10 10 ; True AllAdaptersReconciled 1 10 10
      O available ; all1@10 delete all2@30 ; False ReconciledMissingAdapters 2 30 w2 ; True AllAdaptersReconciled 2 30 10
      O old ; v:F1@10+ d:F1@11+ p:F1@12+ h:F1@13+ delete ; False ReconciledMissingAdapters 2 w2 w1 ; False AdapterReportedNotAvailable 1 10 w1
      O some ; delete v:F2@10+ d:F2@11+ p:F2@12+ h:F1@13+ ; False ReconciledMissingAdapters 2 10 w1 ; False AdapterReportedNotAvailable 2 10 w1
      Q ; all1@10 patch patch ; False ReconciledMissingAdapters 3 w3 w2 ; True AllAdaptersReconciled 1 10 10
      unknown ; all1@10 d:U1@20 ; True ReconciledAll 1 10 10 ; True AllAdaptersReconciled 1 10 10
      unknown first ; v:U1@10 d:U1@11 p:U1@12 h:U1@13 ; False ReconciledMissingAdapters 1 w1 w1 ; False AdaptersMissingReports 1 w1 w1
      unknown about what is new ; all1@10 patch d:U2@30 ; False ReconciledMissingAdapters 2 w2 w2 ; True AllAdaptersReconciled 1 10 10
      """)
  void reportsAddUp(String name, String story, String reconciled, String lastKnown) {
    tell(story);

    assertThat(describe(condition("Reconciled"))).isEqualTo(reconciled);
    assertThat(describe(condition("LastKnownReconciled"))).isEqualTo(lastKnown);
    assertThat(describe(condition("Validated"))).isEqualTo(reconciled);
    assertThat(condition("ExtraSuccessful").isMissingNode()).isTrue();
    var status = get("/clusters/" + id).at("/status");
    assertThat(status.path("phase").asText())
        .isEqualTo(reconciled.startsWith("True") ? "Ready" : "NotReady");
    assertThat(status.path("last_updated_time")).isEqualTo(condition("Reconciled").path("last_updated_time"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = ';', textBlock = """
      K older       ; all1@10          ; d:F1@5  ; stale-observed-time
      K generation  ; all1@10 patch d:T2@30 ; d:F1@40 ; stale-generation
      L             ; all1@10          ; d:F2@40 ; future-generation
      """)
  void whatIsDiscardedChangesNothing(String name, String story, String report, String reason) {
    tell(story);
    var before = get("/clusters/" + id + "?include=statuses").body();

    var answer = report(report);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("x-hyperfleet-discard-reason")).isEqualTo(reason);
    assertThat(answer.body().isMissingNode()).isTrue();
    assertThat(get("/clusters/" + id + "?include=statuses").body()).isEqualTo(before);
  }

  @Test
  void theConditionOfAnAdapterKeepsTheTimeOfItsLastChange() {
    tell("v:T1@10 v:T1@20");
    assertThat(describe(condition("ValidationSuccessful"))).isEqualTo("True Tested 1 20 10");
    tell("v:F1@30");
    assertThat(describe(condition("ValidationSuccessful"))).isEqualTo("False Tested 1 30 30");
    tell("v:T1@40");
    assertThat(describe(condition("ValidationSuccessful"))).isEqualTo("True Tested 1 40 40");
    tell("v:U1@50");
    assertThat(describe(condition("ValidationSuccessful"))).as("no evidence").isEqualTo("True Tested 1 40 40");
  }

  @Test
  void goesWithTheLastFinalizedReportWhateverAvailableSays() {
    tell("all1@10 delete v:F2@20+ d:U2@21+ p:T2@22+");
    assertThat(exists("/clusters/" + id)).isTrue();

    assertThat(report("h:F2@23+").status()).isEqualTo(201);

    assertThat(exists("/clusters/" + id)).isFalse();
    assertThat(report("h:F2@24+").status()).isEqualTo(404);
  }

  @Test
  void finalizedMeansNothingBeforeTheDeletion() {
    tell("v:T1@10+ d:T1@11+ p:T1@12+ h:T1@13+");

    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("Ready");
  }

  @Test
  void namesTheConditionOfAnAdapterWithHyphens() {
    var gateway = create("/gateways", "Gateway", "gw");

    send("PUT", "/gateways/" + gateway + "/statuses", reportBody("my-adapter", 1, "True", start, ""));

    assertThat(get("/gateways/" + gateway).at("/status/conditions/3/type").asText()).isEqualTo("MyAdapterSuccessful");
  }

  @Test
  void aConditionThatALaterReportLeavesOutIsGone() {
    var path = "/clusters/" + id + "/statuses";
    send("PUT", path, reportBody("dns", 1, "True", start, ", {\"type\": \"Quota\", \"status\": \"False\"}"));
    assertThat(get(path).at("/items/0/conditions").findValuesAsText("type")).contains("Quota");

    tell("d:T1@10");

    assertThat(get(path).at("/items/0/conditions").findValuesAsText("type")).doesNotContain("Quota");
  }

  @Test
  void saysWhoIsMissingAndWhoReports() {
    tell("v:T1@10 p:F1@11 x:T1@12");

    assertThat(condition("Reconciled").path("message").asText()).startsWith("placement failed with ").contains(
        "dns and hyperfleet have not reported on generation 1, created ");
  }

  /** The timeline, with a second for each of its ten seconds. */
  @Test
  void becomesReadyAsTheTimelineTells() {
    tell("v:F1@2 d:F1@2 p:F1@2 h:F1@2 v:F1@12 d:F1@12 p:F1@12 h:F1@12 v:T1@22 d:F1@22 p:F1@22 h:F1@22");
    tell("v:T1@32 d:F1@32 p:F1@32 h:F1@32 v:T1@42 d:T1@42 p:F1@42 h:F1@42 v:T1@52 d:T1@52 p:T1@52 h:F1@52");
    assertThat(get("/clusters/" + id).at("/status/phase").asText()).isEqualTo("NotReady");

    tell("v:T1@662 d:T1@662 p:T1@662 h:T1@662");

    var status = get("/clusters/" + id).at("/status");
    assertThat(status.path("phase").asText()).isEqualTo("Ready");
    assertThat(label(status.path("last_transition_time").asText())).isEqualTo("662");
    assertThat(status.path("observed_generation").asInt()).isEqualTo(1);
    tell("patch");
    var changed = get("/clusters/" + id).at("/status");
    assertThat(changed.path("phase").asText()).isEqualTo("NotReady");
    assertThat(changed.path("observed_generation").asInt()).isEqualTo(1);
  }

  private void tell(String story) {
    for (String step : story == null ? new String[0] : story.split(" ")) {
      if (step.equals("patch")) {
        writes.add(patch("/clusters/" + id, "{\"spec\": {\"write\": " + writes.size() + "}}").text("updated_time"));
      } else if (step.equals("delete")) {
        writes.add(delete("/clusters/" + id).text("updated_time"));
      } else if (step.startsWith("all")) {
        int second = Integer.parseInt(step.substring(5));
        for (String adapter : List.of("v", "d", "p", "h")) {
          assertThat(report(adapter + ":T" + step.charAt(3) + "@" + second++).status()).isEqualTo(201);
        }
      } else {
        assertThat(report(step).status()).as(step).isEqualTo(201);
      }
    }
  }

  private Answer report(String step) {
    var available = Map.of('T', "True", 'F', "False", 'U', "Unknown").get(step.charAt(2));
    var second = Long.parseLong(step.substring(step.indexOf('@') + 1).replace("+", ""));
    return send("PUT", "/clusters/" + id + "/statuses", reportBody(ADAPTERS.get(step.charAt(0)),
        Character.digit(step.charAt(3), 10), available, start.plusSeconds(second),
        step.endsWith("+") ? ", {\"type\": \"Finalized\", \"status\": \"True\"}" : ""));
  }

  private JsonNode condition(String type) {
    for (JsonNode condition : get("/clusters/" + id).at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private String describe(JsonNode condition) {
    return condition.path("status").asText() + " " + condition.path("reason").asText() + " "
        + condition.path("observed_generation").asInt() + " " + label(condition.path("last_updated_time").asText())
        + " "
        + label(condition.path("last_transition_time").asText());
  }

  private String label(String time) {
    return writes.contains(time)
        ? "w" + (writes.indexOf(time) + 1)
        : String.valueOf(ChronoUnit.SECONDS.between(start, Instant.parse(time)));
  }
}
