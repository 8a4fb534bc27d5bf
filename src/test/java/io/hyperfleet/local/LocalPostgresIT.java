package io.hyperfleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LocalPostgresIT {

  @Test
  void startsAndStopsARealServer() throws Exception {
    String url;
    try (var postgres = LocalPostgres.start(0)) {
      url = postgres.jdbcUrl();
      try (var connection = DriverManager.getConnection(url, postgres.username(), postgres.password());
          var row = connection.createStatement().executeQuery("show server_version")) {
        row.next();
        assertThat(row.getString(1)).startsWith("17");
      }
    }
    var stopped = url;
    assertThatThrownBy(() -> DriverManager.getConnection(stopped, "postgres", "postgres").close())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void letsAnotherUserRunItWhenThisOneIsRoot() {
    assertThat(PostgresUser.find().prefix().isEmpty()).isEqualTo(!"root".equals(System.getProperty("user.name")));
  }

  @Test
  void namesWhatToSetWhenItsPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LocalPostgres.start(taken.getLocalPort()))
          .hasMessageContaining("Port " + taken.getLocalPort())
          .hasMessageContaining("hyperfleet.local.postgres.port")
          .hasMessageContaining("SPRING_DATASOURCE_URL");
    }
  }
}
