package io.hyperfleet.database;

import io.hyperfleet.operation.BackgroundRetry;
import io.hyperfleet.operation.Backoff;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;

/**
 * Migrates at the start. An unavailable database does not abort it: the migration is retried in the background,
 * requests get 503 and {@code /readyz} has the reason. A wrong migration aborts the start.
 */
class SchemaMigration implements FlywayMigrationStrategy, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private volatile BackgroundRetry later;

  @Override
  public void migrate(Flyway flyway) {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      if (!DatabaseErrors.isAway(e)) {
        throw e;
      }
      LOG.warn("Waiting for the database to migrate the schema: {}", DatabaseErrors.describe(e));
      later = new BackgroundRetry("migrate the database", BACKOFF, () -> migrateLater(flyway));
      later.start();
    }
  }

  /** Flyway's own words are a table of several lines. */
  private static void migrateLater(Flyway flyway) {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw DatabaseErrors.isAway(e) ? new IllegalStateException(DatabaseErrors.describe(e), e) : e;
    }
  }

  @Override
  public void destroy() {
    if (later != null) {
      later.close();
    }
  }
}
