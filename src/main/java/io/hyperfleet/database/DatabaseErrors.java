package io.hyperfleet.database;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.transaction.TransactionSystemException;

/** Distinguishes an unavailable, overloaded or uninitialized database from a wrong statement. */
public final class DatabaseErrors {

  /** Classes of SQLSTATE: connection, resources, operator intervention. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  /** A query that was cancelled is of class 57, but the database was there. */
  private static final String CANCELLED = "57014";

  /** A write was sent to a read-only database, such as a standby. */
  private static final String ONLY_READS = "25006";

  /**
   * Lock timeout, cancelled statement, or conflicting transactions.
   */
  private static final Set<String> BUSY = Set.of("55P03", CANCELLED, "40001", "40P01");

  /** Class of SQLSTATE: the user is unknown, or the password is wrong. */
  private static final String LOGIN = "28";
  private static final String NO_DATABASE = "3D000";
  private static final String TOO_MANY = "53300";

  /** The database accepts connections but does not respond in time. */
  static final String LATE = "database ping timeout: check its load and the network to the host in "
      + "spring.datasource.url";

  private static final String UNDEFINED_TABLE = "42P01";
  private static final int DEEPEST_CAUSE = 20;

  private DatabaseErrors() {}

  /** Whether there is no connection, it has broken, or the database is read-only. */
  public static boolean isAway(Throwable failure) {
    return isReadOnly(failure) || any(failure, cause -> cause instanceof SQLTransientConnectionException
        || cause.getSQLState() != null && cause.getSQLState().length() == 5
            && AWAY.contains(cause.getSQLState().substring(0, 2)) && !CANCELLED.equals(cause.getSQLState()));
  }

  /** Whether the database is read-only, as during a failover. */
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

  /** Why the database is unavailable, in one sentence that names the key to check. */
  public static String describe(Throwable failure) {
    if (any(failure, cause -> cause.getSQLState() != null && cause.getSQLState().startsWith(LOGIN))) {
      return "database rejects the login: check spring.datasource.username and spring.datasource.password";
    }
    if (any(failure, cause -> NO_DATABASE.equals(cause.getSQLState()))) {
      return "database does not exist: create it, or correct its name in spring.datasource.url";
    }
    if (any(failure, cause -> TOO_MANY.equals(cause.getSQLState()))) {
      return "database has no free connections: raise its max_connections, or lower "
          + "spring.datasource.hikari.maximum-pool-size";
    }
    if (isReadOnly(failure)) {
      return "database is read-only: it is a standby, or default_transaction_read_only is on";
    }
    return any(failure, cause -> cause.getCause() instanceof SocketTimeoutException)
        ? LATE
        : "database unavailable: cannot connect to the host in spring.datasource.url";
  }

  private static boolean any(Throwable failure, java.util.function.Predicate<SQLException> test) {
    return Stream.iterate(failure, cause -> cause != null, DatabaseErrors::cause)
        .limit(DEEPEST_CAUSE)
        .anyMatch(cause -> cause instanceof SQLException sql && test.test(sql));
  }

  /** A rollback that fails on a broken connection carries the cause of the break beside it. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null
        ? rollback.getApplicationException()
        : failure.getCause();
  }
}
