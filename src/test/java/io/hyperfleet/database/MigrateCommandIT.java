package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.local.LocalPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrateCommandIT {

  @Test
  void anEmptyDatabaseGetsTheSchema() throws SQLException {
    try (var postgres = LocalPostgres.start(0)) {
      migrate(postgres.jdbcUrl());
      migrate(postgres.jdbcUrl());

      try (var connection = DriverManager.getConnection(postgres.jdbcUrl());
          var row = connection.createStatement().executeQuery("SELECT count(*) FROM outbox")) {
        row.next();
        assertThat(row.getInt(1)).isZero();
      }
    }
  }

  @Test
  void aDatabaseThatIsAwayFails() {
    assertThatThrownBy(() -> migrate("jdbc:postgresql://localhost:1/postgres", "--spring.flyway.connect-retries=0"))
        .hasStackTraceContaining("localhost:1 refused");
  }

  @Test
  void otherArgumentsAreTheApplications() {
    assertThat(MigrateCommand.named()).isFalse();
    assertThat(MigrateCommand.named("--migrate")).isFalse();
    assertThat(MigrateCommand.named("migrate")).isTrue();
  }

  private static void migrate(String url, String... more) {
    MigrateCommand.main(
        Stream.concat(Stream.of("migrate", "--spring.datasource.url=" + url), Stream.of(more)).toArray(String[]::new));
  }
}
