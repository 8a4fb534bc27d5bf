package io.hyperfleet.database;

import com.zaxxer.hikari.HikariDataSource;
import io.hyperfleet.operation.ReadinessCheck;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * Connections outside the pool, for probes: a busy pool must not look like an unavailable database, and a refused
 * connection is noticed at once instead of after the pool's timeout.
 */
final class ProbeConnections {

  private final DataSource dataSource;

  ProbeConnections(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Connection open() throws SQLException {
    if (!dataSource.isWrapperFor(HikariDataSource.class)) {
      return dataSource.getConnection();
    }
    var pool = dataSource.unwrap(HikariDataSource.class);
    var properties = new Properties();
    properties.putAll(pool.getDataSourceProperties());
    if (pool.getUsername() != null) {
      properties.setProperty("user", pool.getUsername());
    }
    if (pool.getPassword() != null) {
      properties.setProperty("password", pool.getPassword());
    }
    var limit = String.valueOf(ReadinessCheck.LIMIT.toSeconds());
    properties.setProperty("loginTimeout", limit);
    properties.setProperty("connectTimeout", limit);
    properties.setProperty("socketTimeout", limit);
    return DriverManager.getConnection(pool.getJdbcUrl(), properties);
  }
}
