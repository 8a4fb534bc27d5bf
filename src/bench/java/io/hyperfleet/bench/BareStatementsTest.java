package io.hyperfleet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.local.LocalFleet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reference of the benchmarks B2 and B8 does the work that the API does: it leaves the same columns of the same
 * rows filled.
 */
class BareStatementsTest {

  /** Each table with the column that names the cluster. */
  private static final Map<String, String> TABLES = Map.of("resources", "id", "resource_labels", "resource_id",
      "resource_conditions", "resource_id", "adapter_statuses", "resource_id", "outbox", "aggregate_id");

  private static LocalFleet fleet;
  private static JdbcClient jdbc;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start("hyperfleet.roles=api");
    jdbc = fleet.context().getBean(JdbcClient.class);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void createLeavesWhatTheApiLeaves() throws SQLException {
    assertThat(written(createBare())).isEqualTo(written(createByApi()));
  }

  @Test
  void reportLeavesWhatTheApiLeaves() throws SQLException {
    var bare = createByApi();
    report(bare);
    var byApi = createByApi();
    report(byApi);

    try (var statements = new BareStatements(fleet)) {
      statements.report(bare);
    }
    report(byApi);

    assertThat(written(bare)).isEqualTo(written(byApi));
  }

  private static void report(UUID cluster) {
    var answer = fleet.put("/clusters/" + cluster + "/statuses", StatusReportThroughput.report());
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
  }

  private static UUID createBare() throws SQLException {
    var known = bare();
    try (var statements = new BareStatements(fleet)) {
      statements.create();
    }
    return bare().stream().filter(id -> !known.contains(id)).findFirst().orElseThrow();
  }

  private static List<UUID> bare() {
    return jdbc.sql("select id from resources where name like 'bare-%'").query(UUID.class).list();
  }

  private static UUID createByApi() {
    var answer = fleet.post("/clusters",
        "{\"kind\": \"Cluster\", \"name\": \"api-" + UUID.randomUUID().toString().substring(0, 8)
            + "\", \"spec\": {\"region\": \"r1\"}, \"labels\": {\"shard\": \"1\"}}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return UUID.fromString(answer.body().get("id").asText());
  }

  /** By table, the columns that hold something, of each row about a cluster. */
  private static Map<String, List<String>> written(UUID cluster) {
    var written = new TreeMap<String, List<String>>();
    TABLES.forEach((table, key) -> written.put(table, jdbc.sql(
        "select (select string_agg(column_name, ' ' order by column_name) from jsonb_object_keys(jsonb_strip_nulls(to_jsonb(t)))"
            + " as column_name) from " + table + " t where " + key + "::text = :cluster")
        .param("cluster", cluster.toString()).query(String.class).list()));
    return written;
  }
}
