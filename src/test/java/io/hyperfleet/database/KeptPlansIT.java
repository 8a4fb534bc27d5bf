package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is asked again and again about one resource is planned once: PostgreSQL keeps the plan, and the driver the
 * statement. What takes many at once may be planned for how many there are.
 */
class KeptPlansIT {

  /** The driver prepares a statement at its fifth run, PostgreSQL keeps a plan after five more. */
  private static final int OFTEN = 20;

  private static LocalFleet fleet;

  @BeforeAll
  static void useOften() {
    fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "spring.datasource.hikari.maximum-pool-size=2",
        "hyperfleet.re-evaluation.pause=1h");
    for (int i = 0; i < OFTEN; i++) {
      var id = fleet.createCluster("plan-" + i);
      for (String adapter : List.of("validation", "dns")) {
        assertThat(fleet.put("/clusters/" + id + "/statuses", """
            {"adapter": "%s", "observed_generation": 1, "conditions": [
              {"type": "Applied", "status": "True"}, {"type": "Available", "status": "True", "reason": "Run%d"},
              {"type": "Health", "status": "True"}]}""".formatted(adapter, i)).status()).isEqualTo(201);
      }
      fleet.get("/clusters/" + id + "?include=statuses");
      fleet.post("/events", "{\"aggregate_id\": \"" + id + "\"}");
      fleet.patch("/clusters/" + id, "{\"spec\": {\"region\": \"r" + i + "\"}}");
      fleet.delete("/clusters/" + id);
    }
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void statementsAboutOneResourceKeepTheirPlans() throws SQLException {
    assertThat(prepared("custom_plans > 5 and generic_plans = 0")).allMatch(KeptPlansIT::takesMany);
    assertThat(prepared("generic_plans > 0")).anyMatch(sql -> sql.contains("as reports"))
        .anyMatch(sql -> sql.contains("insert into adapter_statuses")).anyMatch(sql -> sql.contains("update resources"))
        .anyMatch(sql -> sql.contains("insert into outbox"));
  }

  @Test
  void theRelayKeepsItsPlan() {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(
        () -> assertThat(prepared("generic_plans > 20")).anyMatch(sql -> sql.startsWith("WITH claimed")));
  }

  private static boolean takesMany(String sql) {
    return sql.contains("as wanted") || sql.toLowerCase(Locale.ROOT).contains("= any (");
  }

  /** Each session of the pool tells of its own statements. */
  private static List<String> prepared(String condition) throws SQLException {
    var pool = fleet.context().getBean(DataSource.class);
    try (var one = pool.getConnection(); var other = pool.getConnection()) {
      var found = new ArrayList<String>();
      for (Connection connection : List.of(one, other)) {
        try (var statement = connection.createStatement();
            var row = statement.executeQuery("select statement from pg_prepared_statements where " + condition)) {
          while (row.next()) {
            found.add(row.getString(1));
          }
        }
      }
      return found;
    }
  }
}
