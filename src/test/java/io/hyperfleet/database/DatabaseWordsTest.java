package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What keeps the database from answering is one sentence that names the key to look at, whoever wrapped the failure.
 */
class DatabaseWordsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      28P01 | database rejects the login: check spring.datasource.username and spring.datasource.password
      28000 | database rejects the login: check spring.datasource.username and spring.datasource.password
      3D000 | database does not exist: create it, or correct its name in spring.datasource.url
      53300 | database has no free connections: raise its max_connections, or lower spring.datasource.hikari.maximum-pool-size
      25006 | database is read-only: it is a standby, or default_transaction_read_only is on
      08001 | database unavailable: cannot connect to the host in spring.datasource.url
      """)
  void stateIsToldInWords(String state, String words) {
    var failure = new SQLException("FATAL: user=secret", state, new ConnectException());
    assertThat(DatabaseErrors.describe(failure)).isEqualTo(words);
    assertThat(DatabaseErrors.describe(new IllegalStateException(new SQLTransientConnectionException("pool", failure))))
        .isEqualTo(words);
  }

  @Test
  void slowDatabaseIsNoDatabaseThatIsAway() {
    assertThat(DatabaseErrors.describe(new SQLException("io", "08006", new SocketTimeoutException())))
        .startsWith("database ping timeout");
    assertThat(DatabaseErrors.describe(new SQLException("io", "08001", new UnknownHostException("db"))))
        .startsWith("database unavailable");
  }
}
