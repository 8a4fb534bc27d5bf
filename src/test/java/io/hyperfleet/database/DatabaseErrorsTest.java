package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;
@Tag("faults")
class DatabaseErrorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P03", "25006"})
  void knowsADatabaseThatIsAway(String state) {
    assertThat(DatabaseErrors.isAway(new IllegalStateException(new SQLException("x", state)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42601", "23505", "40001", "57014"})
  void knowsADatabaseThatIsThere(String state) {
    assertThat(DatabaseErrors.isAway(new SQLException("x", state))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"55P03", "57014", "40001", "40P01"})
  void knowsADatabaseThatIsTooBusy(String state) {
    assertThat(DatabaseErrors.isBusy(new IllegalStateException(new SQLException("x", state)))).isTrue();
    assertThat(DatabaseErrors.isBusy(new SQLException("x", "23505"))).isFalse();
  }

  @Test
  void knowsThatThePoolHadNoConnection() {
    assertThat(DatabaseErrors.isAway(new SQLTransientConnectionException("not available"))).isTrue();
    assertThat(DatabaseErrors.isAway(new IllegalStateException("no cause"))).isFalse();
  }

  @Test
  void looksBehindARollbackThatFailedToo() {
    var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
    assertThat(DatabaseErrors.isAway(rollback)).isFalse();

    rollback.initApplicationException(new IllegalStateException(new SQLException("x", "08006")));
    assertThat(DatabaseErrors.isAway(rollback)).isTrue();
  }

  @Test
  void knowsThatNoMigrationHasRun() {
    assertThat(DatabaseErrors.isSchemaMissing(new SQLException("x", "42P01"))).isTrue();
    assertThat(DatabaseErrors.isAway(new SQLException("x", "42P01"))).isFalse();
  }
}
