package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.hyperfleet.local.LocalPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A pool whose primary has become a standby finds the new one. */
@Tag("faults")
class ReadOnlyEvictionIT {

  @Test
  void goesToTheNewPrimaryAfterAFailover() {
    try (var first = LocalPostgres.start(0); var second = LocalPostgres.start(0); var pool = new HikariDataSource()) {
      pool.setJdbcUrl("jdbc:postgresql://" + host(first) + "," + host(second)
          + "/postgres?targetServerType=primary&hostRecheckSeconds=0");
      pool.setUsername(first.username());
      pool.setPassword(first.password());
      pool.setMaximumPoolSize(1);
      pool.setExceptionOverrideClassName(ReadOnlyEviction.class.getName());
      var jdbc = JdbcClient.create(pool);
      jdbc.sql("create table on_first (id int)").update();
      jdbc.sql("alter system set default_transaction_read_only = on").update();
      jdbc.sql("select pg_reload_conf()").query().singleRow();

      await().untilAsserted(() -> assertThatThrownBy(() -> jdbc.sql("insert into on_first values (1)").update())
          .satisfies(failure -> assertThat(DatabaseErrors.isReadOnly(failure)).isTrue()));

      jdbc.sql("create table on_second (id int)").update();
      assertThat(JdbcClient.create(new DriverManagerDataSource(
          second.jdbcUrl(), second.username(), second.password())).sql("select count(*) from on_second")
          .query(Long.class).single()).isZero();
    }
  }

  private static String host(LocalPostgres postgres) {
    return postgres.jdbcUrl().replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
  }
}
