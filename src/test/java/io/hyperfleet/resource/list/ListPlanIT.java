package io.hyperfleet.resource.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.local.LocalPostgres;
import io.hyperfleet.search.SearchFilter;
import io.hyperfleet.status.Phase;
import io.hyperfleet.tenancy.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How PostgreSQL answers lists of a fleet of 100,000 clusters. */
class ListPlanIT {

  private static final ListScope CLUSTERS = new ListScope(new Kinds(new KindsProperties(Map.of())).plural("clusters"),
      null, Tenant.ANY, null, null);
  private static final List<ListQuery.Order> NEWEST = List.of(new ListQuery.Order("created_time", true),
      new ListQuery.Order("id", false));

  private static LocalPostgres postgres;
  private static JdbcClient jdbc;

  @BeforeAll
  static void fleet() throws IOException {
    postgres = LocalPostgres.start(0);
    var database = new DriverManagerDataSource(postgres.jdbcUrl(), postgres.username(), postgres.password());
    Flyway.configure().dataSource(database).load().migrate();
    jdbc = JdbcClient.create(database);
    for (String statement : Files.readString(Path.of("src/test/resources/test-sql/fleet.sql")).split(";\\s*\\n")) {
      jdbc.sql(statement).update();
    }
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  static Stream<String> columns() {
    return ResourceLists.ORDER_COLUMNS.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void ordersByAnIndex(String column) {
    for (boolean descending : new boolean[]{true, false}) {
      var order = List.of(new ListQuery.Order(column, descending), new ListQuery.Order("id", false));
      assertUsesIndexes(ResourceLists.list(CLUSTERS, ListFilter.ALL, order), ListFilter.ALL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "name = 'cluster-77'", "name like 'cluster-77%'", "id = '00000000-0000-7000-8000-000000000077'",
      "created_by = 'user-3' and generation = 2", "created_time > 2026-01-01", "deleted_time is not null",
      "labels.region = 'eu' and labels.`hyperfleet.io/shard` = '7'", "labels.region is null",
      "status.conditions.Reconciled = 'False'", "spec.region = 'r7'", "spec.size.nodes = 7",
      "spec.region in ('r7', 'r8')",
      "status.phase != 'Ready'", "status.conditions.Reconciled = 'True' and "
          + "status.conditions.Reconciled.last_updated_time < 2026-01-01"})
  void searchesByAnIndex(String search) {
    var filter = new ListFilter(null, SearchFilter.parse(search));

    assertUsesIndexes(ResourceLists.count(CLUSTERS, filter), filter);
    assertUsesIndexes(ResourceLists.list(CLUSTERS, filter, NEWEST), filter);
    assertUsesIndexes(ResourceLists.walk(CLUSTERS, filter), filter);
    assertUsesIndexes(ResourceLists.due(CLUSTERS, filter), filter);
  }

  @Test
  void filtersPhasesByAnIndex() {
    for (Phase phase : Phase.values()) {
      var filter = new ListFilter(phase, SearchFilter.ALL);
      assertUsesIndexes(ResourceLists.count(CLUSTERS, filter), filter);
      assertUsesIndexes(ResourceLists.list(CLUSTERS, filter, NEWEST), filter);
    }
  }

  @Test
  void countsAndStepsOverPagesInAnIndexAlone() {
    assertThat(plan(ResourceLists.count(CLUSTERS, ListFilter.ALL), ListFilter.ALL)).contains("Index Only Scan");
    assertThat(plan(ResourceLists.list(CLUSTERS, ListFilter.ALL, NEWEST).replace(":offset", "99980"), ListFilter.ALL))
        .contains("Index Only Scan using resources_list");
  }

  @Test
  void listsOfATenantLookAtThatTenantAlone() {
    var scope = new ListScope(CLUSTERS.kind(), null,
        new Tenant(JsonNodeFactory.instance.objectNode().put("org", "o1"), true), null, null);
    for (String sql : List.of(ResourceLists.count(scope, ListFilter.ALL),
        ResourceLists.list(scope, ListFilter.ALL, NEWEST))) {
      assertThat(plan(sql, ListFilter.ALL, scope)).as(sql).contains("Index Only Scan using resources_tenancy");
    }
  }

  private static void assertUsesIndexes(String sql, ListFilter filter) {
    assertThat(plan(sql, filter)).as(sql).contains("Index").doesNotContain("Seq Scan on resources");
  }

  private static String plan(String sql, ListFilter filter) {
    return plan(sql, filter, CLUSTERS);
  }

  private static String plan(String sql, ListFilter filter, ListScope scope) {
    return String.join("\n", jdbc.sql("explain " + sql)
        .params(filter.parameters(scope))
        .param("size", 20)
        .param("offset", 1000)
        .param("after", ResourceLists.FIRST)
        .param("afterTime", DuePosition.FIRST.time())
        .param("afterId", DuePosition.FIRST.id())
        .query(String.class).list());
  }
}
