package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is asked again and again is planned once: PostgreSQL keeps the plan of each statement that the API and the relay
 * run, and the driver the statement. One connection, so that the server tells of all of them.
 */
class KeptPlansIT {

  /** The driver prepares a statement at its fifth run, PostgreSQL keeps a plan after five more. */
  private static final int OFTEN = 20;

  private static LocalFleet fleet;
  private static JdbcClient jdbc;

  @BeforeAll
  static void useOften() {
    fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "spring.datasource.hikari.maximum-pool-size=1",
        "hyperfleet.re-evaluation.pause=1h");
    jdbc = fleet.context().getBean(JdbcClient.class);
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
  void statementsAboutOneResourceKeepTheirPlans() {
    assertThat(statements("custom_plans > 5 and generic_plans = 0")).isEmpty();
    assertThat(statements("generic_plans > 0")).anyMatch(sql -> sql.contains("as reports"))
        .anyMatch(sql -> sql.contains("insert into adapter_statuses")).anyMatch(sql -> sql.contains("update resources"))
        .anyMatch(sql -> sql.contains("insert into outbox"));
  }

  @Test
  void theRelayKeepsItsPlans() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !claims().isEmpty());
    var claims = claims();

    await().atMost(Duration.ofSeconds(20)).until(() -> jdbc.sql(
        "select generic_plans from pg_prepared_statements where name = :name").param("name", claims.get(0))
        .query(Long.class).optional().orElse(0L) > OFTEN);
    assertThat(claims()).isEqualTo(claims);
  }

  private static List<String> claims() {
    return jdbc.sql("select name from pg_prepared_statements where statement like 'WITH claimed%'").query(String.class)
        .list();
  }

  private static List<String> statements(String condition) {
    return jdbc.sql("select statement from pg_prepared_statements where " + condition).query(String.class).list();
  }
}
