package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** R27: the release before works during and after a migration, and any number of processes may start at once. */
class MigrationsIT {

  private static final Path FOLDER = Path.of("src/main/resources/db/migration");
  private static final int AT_ONCE = 6;

  /** From which on there is a release before; what came earlier may still take things away. */
  private static final int FIRST_UPGRADE = 4;

  @Test
  void manyProcessesMigrateAtOnce() throws Exception {
    try (var postgres = LocalPostgres.start(0); var files = Files.list(FOLDER)) {
      var processes = Executors.newFixedThreadPool(AT_ONCE);
      try {
        Callable<MigrateResult> migration = () -> flyway(postgres).load().migrate();
        var results = processes.invokeAll(Stream.generate(() -> migration).limit(AT_ONCE).toList());
        int executed = 0;
        for (Future<MigrateResult> result : results) {
          executed += result.get().migrationsExecuted;
        }
        assertThat(executed).as("each migration ran in one of them").isEqualTo((int) files.count());
      } finally {
        processes.shutdownNow();
      }
    }
  }

  /** What the release before V4 does to create a cluster and to store a report about it. */
  @Test
  void theReleaseBeforeGoesOn() {
    try (var postgres = LocalPostgres.start(0)) {
      flyway(postgres).target(MigrationVersion.fromVersion("3")).load().migrate();
      var database = JdbcClient
          .create(new DriverManagerDataSource(postgres.jdbcUrl(), postgres.username(), postgres.password()));
      var before = UUID.randomUUID();
      create(database, before);

      flyway(postgres).load().migrate();

      var after = UUID.randomUUID();
      create(database, after);
      for (UUID id : List.of(before, after)) {
        assertThat(database
            .sql("update resources set phase = 'Ready', reported_generation = 1, progress_count = 1 where id = ?")
            .param(id).update()).isOne();
      }
      assertThat(database.sql("select count(*) from resources where rules = '00000000-0000-0000-0000-000000000000'")
          .query(Integer.class).single()).as("to be evaluated by the new release").isEqualTo(2);
    }
  }

  /** After a rollback the release before finds a migration that it does not know. */
  @Test
  void theReleaseBeforeStartsOnANewerSchema(@TempDir Path newer) throws IOException {
    Files.writeString(newer.resolve("V9999__newer.sql"), "alter table resources add column newer text;");
    try (var postgres = LocalPostgres.start(0)) {
      flyway(postgres).locations("classpath:db/migration", "filesystem:" + newer).load().migrate();

      assertThat(flyway(postgres).load().migrate().migrationsExecuted).isZero();
      assertThat(flyway(postgres).load().validateWithResult().validationSuccessful).isTrue();
      var database = new DriverManagerDataSource(postgres.jdbcUrl(), postgres.username(), postgres.password());
      create(JdbcClient.create(database), UUID.randomUUID());
      assertThat(new SchemaCheck(new ProbeConnections(database), new PathMatchingResourcePatternResolver()).check())
          .isEqualTo("ok");
    }
  }

  static Stream<Path> upgrades() throws IOException {
    return Files.list(FOLDER).filter(
        file -> Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")) >= FIRST_UPGRADE);
  }

  @ParameterizedTest
  @MethodSource("upgrades")
  void upgradesOnlyAdd(Path file) throws IOException {
    var sql = Files.readString(file).replaceAll("--.*", "").toLowerCase(Locale.ROOT);
    assertThat(sql)
        .doesNotContainPattern("\\b(drop|rename|truncate|(?<!on )delete)\\b|alter\\s+column|set\\s+not\\s+null");
    for (String statement : sql.split(";")) {
      if (statement.matches("(?s).*add\\s+column.*not\\s+null.*")) {
        assertThat(statement).as("rows of the release before do not name it").contains("default");
      }
    }
  }

  private static FluentConfiguration flyway(LocalPostgres postgres) {
    return Flyway.configure().dataSource(postgres.jdbcUrl(), postgres.username(), postgres.password());
  }

  private static void create(JdbcClient database, UUID id) {
    database.sql("""
        with resource as (
          insert into resources (id, kind, name, href, spec, tenancy, generation, phase, status_observed_generation,
            status_last_updated_time, status_last_transition_time, reported_generation, progress_count, created_time,
            updated_time, created_by, updated_by)
          values (:id, 'Cluster', :name, '/api/hyperfleet/v1/clusters/' || :name, '{}', '{}', 1, 'NotReady', 0, now(), now(), 0,
            0, now(), now(), 'test', 'test')
          returning id, kind)
        insert into resource_schedules (resource_id, kind, next_event_time, event_attempt)
        select id, kind, now(), 0
        from resource""").param("id", id).param("name", id.toString()).update();
  }
}
