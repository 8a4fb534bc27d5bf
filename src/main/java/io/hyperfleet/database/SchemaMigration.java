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
 * Migrates at start. A database that is away does not stop the process: the migration is tried again in the background,
 * requests are answered 503 and {@code /readyz} says why. A migration that is wrong does stop it.
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
      LOG.warn("The schema is migrated once the database answers: {}", DatabaseErrors.describe(e));
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
