package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Conditions that follow from reports by rules: a Database is BackedUp when there are as many copies as it wants. */
class MappedConditionHttpIT extends ApiIT {

  @Test
  void followsTheReports() {
    var id = database("{\"copies\": 2}");
    assertThat(types(id)).containsExactly("Reconciled", "LastKnownReconciled", "Validated");

    backup(id, 1);
    var first = condition(id, "BackedUp");
    backup(id, 1);
    var same = condition(id, "BackedUp");
    var changed = backup(id, 2);

    assertThat(first.path("status").asText()).isEqualTo("False");
    assertThat(first.path("reason").asText()).isEqualTo("CopiesCounted");
    assertThat(first.path("message").asText()).isEqualTo("there are 1 copies of db");
    assertThat(same.path("last_transition_time")).isEqualTo(first.path("last_transition_time"));
    assertThat(same.path("last_updated_time")).isNotEqualTo(first.path("last_updated_time"));
    var backedUp = condition(id, "BackedUp");
    assertThat(backedUp.path("status").asText()).isEqualTo("True");
    assertThat(backedUp.path("last_transition_time")).isEqualTo(changed.at("/last_report_time"));
    assertThat(backedUp.path("created_time")).isEqualTo(first.path("created_time"));
    assertThat(types(id)).as("the adapter is not required").containsExactly("Reconciled", "LastKnownReconciled",
        "Validated", "BackedUp");
  }

  @Test
  void followsTheSpec() {
    var id = database("{\"copies\": 1}");
    backup(id, 1);
    assertThat(condition(id, "BackedUp").path("status").asText()).isEqualTo("True");

    patch("/databases/" + id, "{\"spec\": {\"copies\": 2}}");

    assertThat(condition(id, "BackedUp").path("status").asText()).isEqualTo("False");
    assertThat(condition(id, "BackedUp").path("observed_generation").asInt()).isEqualTo(2);
    patch("/databases/" + id, "{\"spec\": {}}");
    assertThat(types(id)).as("there is no number to compare with").doesNotContain("BackedUp");
  }

  @Test
  void showsNoSecret() {
    var id = database("{\"password\": \"open\"}");

    var open = condition(id, "Open");

    assertThat(open.path("status").asText()).isEqualTo("False");
    assertThat(open.path("message").asText()).isEqualTo("***REDACTED***");
  }

  private String database(String spec) {
    return post("/databases", resource("Database", "db").replace("{}", spec)).text("id");
  }

  private Answer backup(String id, int copies) {
    var report = reportBody("backup", 1, "True", Instant.now(), "");
    return send("PUT", "/databases/" + id + "/statuses",
        report.substring(0, report.length() - 1) + ", \"data\": {\"copies\": " + copies + "}}");
  }

  private java.util.List<String> types(String id) {
    return get("/databases/" + id).at("/status/conditions").findValuesAsText("type");
  }

  private JsonNode condition(String id, String type) {
    for (JsonNode condition : get("/databases/" + id).at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type);
  }
}
