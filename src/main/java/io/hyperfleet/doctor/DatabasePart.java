package io.hyperfleet.doctor;

import io.hyperfleet.log.FailureMessage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.boot.context.properties.bind.Binder;

/** Checks that the database responds, is writable and has the schema. */
final class DatabasePart {

  private static final String SECONDS = "5";
  private static final String NO_TABLE = "42P01";
  private static final String SCHEMA = "select version from flyway_schema_history where success"
      + " order by installed_rank desc limit 1";

  private DatabasePart() {}

  static String look(Binder configuration) throws Wrong {
    var url = configuration.bind("spring.datasource.url", String.class).orElse("");
    var user = configuration.bind("spring.datasource.username", String.class).orElse("");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new Wrong(url.isEmpty()
          ? "not configured: set SPRING_DATASOURCE_URL to jdbc:postgresql://host:port/database"
          : "spring.datasource.url is not a PostgreSQL URL: it must begin with jdbc:postgresql:");
    }
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", configuration.bind("spring.datasource.password", String.class).orElse(""));
    properties.setProperty("connectTimeout", SECONDS);
    properties.setProperty("socketTimeout", SECONDS);
    var where = url.replaceFirst("\\?.*$", "");
    try (var connection = DriverManager.getConnection(url, properties)) {
      if (text(connection, "show transaction_read_only").equals("on")) {
        throw new Wrong(where + " is read-only: it is a standby, or default_transaction_read_only is on");
      }
      return where + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + ", schema version "
          + schema(connection, where);
    } catch (SQLException e) {
      throw new Wrong(where + refusal(e, user));
    }
  }

  private static String refusal(SQLException e, String user) {
    var state = String.valueOf(e.getSQLState());
    if (state.startsWith("28")) {
      return " rejects the user '" + user
          + "' or the password; check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD";
    }
    return state.equals("3D000")
        ? " has no such database; create it, or check SPRING_DATASOURCE_URL"
        : " does not answer: " + FailureMessage.of(e).lines().findFirst().orElse("")
            + "; start it, or check SPRING_DATASOURCE_URL";
  }

  private static String schema(Connection connection, String where) throws Wrong, SQLException {
    try {
      return text(connection, SCHEMA);
    } catch (SQLException e) {
      if (NO_TABLE.equals(e.getSQLState())) {
        throw new Wrong(where + " has no HyperFleet schema yet: start an API, or run migrate");
      }
      throw e;
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "none";
    }
  }
}
