package io.hyperfleet.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets callers queue while the pool is busy, and fails them at once if the database is unavailable. The pool's own
 * timeout is short; callers retry for up to 25 seconds as long as others get connections, which shows that the database
 * responds.
 */
final class QueueingDataSource extends DelegatingDataSource {

  private static final Duration QUEUE = Duration.ofSeconds(25);

  private final HikariDataSource pool;
  private final AtomicLong given = new AtomicLong();

  QueueingDataSource(HikariDataSource pool) {
    super(pool);
    this.pool = pool;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long begin = System.nanoTime();
    while (true) {
      long before = given.get();
      try {
        var connection = pool.getConnection();
        given.incrementAndGet();
        return connection;
      } catch (SQLTransientConnectionException e) {
        if (given.get() == before || System.nanoTime() - begin > QUEUE.toNanos()) {
          throw e;
        }
      }
    }
  }
}
