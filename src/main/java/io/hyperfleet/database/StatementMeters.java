package io.hyperfleet.database;

import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times statements, and counts failed statements, connections, commits and rollbacks. */
final class StatementMeters {

  private static final String CONSTRAINT = "constraint_violation";
  private static final String CONNECTION = "connection_error";
  private static final String TIMEOUT = "timeout";
  private static final String OTHER = "other";
  /** By the method of the connection or the pool that fails. */
  private static final Map<String, String> METHODS = Map.of("getConnection", CONNECTION, "commit", "commit_failed",
      "rollback", "rollback_failed");

  /** More texts than the product has; searches make others, which need not be kept. */
  private static final int MOST_TEXTS = 500;

  private final MeterRegistry meters;
  private final Map<String, Measured> texts = new ConcurrentHashMap<>();

  private record Measured(StatementKind kind, Timer time) {}

  StatementMeters(MeterRegistry meters) {
    this.meters = meters;
    for (String operation : StatementKind.OPERATIONS) {
      List.of(CONSTRAINT, CONNECTION, TIMEOUT, OTHER)
          .forEach(type -> Metric.DB_ERRORS.counter(meters, operation, type));
    }
    METHODS.values().forEach(type -> Metric.DB_ERRORS.counter(meters, StatementKind.RAW.operation(), type));
  }

  /**
   * A statement was run.
   *
   * @param sql null for several statements with unknown texts
   * @param failure null when all went well
   */
  void ran(String sql, long nanos, Throwable failure) {
    var measured = sql == null ? measured(StatementKind.RAW) : measured(sql);
    measured.time().record(nanos, TimeUnit.NANOSECONDS);
    if (failure != null) {
      Metric.DB_ERRORS.counter(meters, measured.kind().operation(), type(failure)).increment();
    }
  }

  /** A call of that name of a connection, or of the pool, failed. */
  void failed(String method) {
    Metric.DB_ERRORS.counter(meters, StatementKind.RAW.operation(), METHODS.get(method)).increment();
  }

  private Measured measured(String sql) {
    var known = texts.get(sql);
    if (known != null) {
      return known;
    }
    var measured = measured(StatementKind.of(sql));
    if (texts.size() < MOST_TEXTS) {
      texts.put(sql, measured);
    }
    return measured;
  }

  private Measured measured(StatementKind kind) {
    return new Measured(kind, Metric.DB_QUERY_DURATION.timer(meters, kind.operation(), kind.table()));
  }

  private static String type(Throwable failure) {
    return failure instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("23")
        ? CONSTRAINT
        : DatabaseErrors.isAway(failure)
            ? CONNECTION
            : DatabaseErrors.isBusy(failure) ? TIMEOUT : OTHER;
  }
}
