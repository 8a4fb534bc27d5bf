package io.hyperfleet.database;

import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;

/** Times statements, and counts those that fail, with the connections, commits and rollbacks that do. */
final class StatementMeters implements QueryExecutionListener, MethodExecutionListener {

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

  @Override
  public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
    // The time is taken by the proxy.
  }

  @Override
  public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
    var measured = queries.isEmpty() ? measured(StatementKind.RAW) : measured(queries.get(0).getQuery());
    measured.time().record(execution.getElapsedTime(), TimeUnit.NANOSECONDS);
    if (execution.getThrowable() != null) {
      Metric.DB_ERRORS.counter(meters, measured.kind().operation(), type(execution.getThrowable())).increment();
    }
  }

  @Override
  public void beforeMethod(MethodExecutionContext context) {
    // Only failures count.
  }

  @Override
  public void afterMethod(MethodExecutionContext context) {
    if (context.getThrown() != null) {
      var type = METHODS.get(context.getMethod().getName());
      if (type != null) {
        Metric.DB_ERRORS.counter(meters, StatementKind.RAW.operation(), type).increment();
      }
    }
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
