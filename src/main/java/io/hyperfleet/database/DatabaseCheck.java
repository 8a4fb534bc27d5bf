package io.hyperfleet.database;

import io.hyperfleet.operation.ReadinessCheck;
import java.sql.SQLException;

/** The database answers a ping. */
class DatabaseCheck implements ReadinessCheck {

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
    try (var connection = connections.open()) {
      return connection.isValid((int) LIMIT.toSeconds()) ? OK : lateText();
    } catch (SQLException e) {
      return "database unavailable";
    }
  }

  @Override
  public String lateText() {
    return "database ping timeout";
  }
}
