package io.hyperfleet.database;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.sql.SqlFile;
import java.sql.SQLException;

/** Checks that the database responds and accepts writes. */
class DatabaseCheck implements ReadinessCheck {

  private static final String WRITES = SqlFile.read("database-writes");

  private final ProbeConnections connections;

  DatabaseCheck(ProbeConnections connections) {
    this.connections = connections;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public String check() {
    try (var connection = connections.open();
        var statement = connection.createStatement();
        var row = statement.executeQuery(WRITES)) {
      row.next();
      return row.getBoolean(1) ? OK : "database is read-only: it is a standby, or default_transaction_read_only is on";
    } catch (SQLException e) {
      return DatabaseErrors.describe(e);
    }
  }

  @Override
  public String lateText() {
    return DatabaseErrors.LATE;
  }
}
