package io.hyperfleet.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that is away, too busy or not set up yet from a statement that is wrong. */
public final class DatabaseErrors {

  /** Classes of SQLSTATE: connection, resources, operator intervention. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  /** A query that was cancelled is of class 57, but the database was there. */
  private static final String CANCELLED = "57014";

  /** A statement that writes was sent to a database that only reads: a standby, or one that was told so. */
  private static final String ONLY_READS = "25006";

  /** A lock was not to be had within the lock timeout, a statement was cancelled, transactions were in each other's way. */
  private static final Set<String> BUSY = Set.of("55P03", CANCELLED, "40001", "40P01");

  private static final String UNDEFINED_TABLE = "42P01";
  private static final int DEEPEST_CAUSE = 20;

  private DatabaseErrors() {}

  /** Whether no connection could be had, the one there was has broken, or it leads to a database that only reads. */
  public static boolean isAway(Throwable failure) {
    return isReadOnly(failure) || any(failure, cause -> cause instanceof SQLTransientConnectionException
        || cause.getSQLState() != null && cause.getSQLState().length() == 5
            && AWAY.contains(cause.getSQLState().substring(0, 2)) && !CANCELLED.equals(cause.getSQLState()));
  }

  /** Whether the database only reads, as during a failover. */
  public static boolean isReadOnly(Throwable failure) {
    return any(failure, cause -> ONLY_READS.equals(cause.getSQLState()));
  }

  /** Whether others held a lock for too long or at the wrong moment, or a statement took longer than it may. */
  public static boolean isBusy(Throwable failure) {
    return any(failure, cause -> cause.getSQLState() != null && BUSY.contains(cause.getSQLState()));
  }

  /** Whether a table is missing: the migration has not run yet. */
  public static boolean isSchemaMissing(Throwable failure) {
    return any(failure, cause -> UNDEFINED_TABLE.equals(cause.getSQLState()));
  }

  private static boolean any(Throwable failure, java.util.function.Predicate<SQLException> test) {
    return Stream.iterate(failure, cause -> cause != null, DatabaseErrors::cause)
        .limit(DEEPEST_CAUSE)
        .anyMatch(cause -> cause instanceof SQLException sql && test.test(sql));
  }

  /** A rollback that fails on a broken connection says so; what broke it stands beside it. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null
        ? rollback.getApplicationException() : failure.getCause();
  }
}
