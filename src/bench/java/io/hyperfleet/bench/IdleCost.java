package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.metric.MetricsPage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * B11: what a process costs that has nothing to do, in percent of a core and in statements a second: the whole local
 * start with the services in it, its PostgreSQL beside it, and each role in a JVM of its own. Each is left alone until
 * its JVM has compiled what it will, and is then watched for a minute; other times, in seconds, can be given as
 * arguments.
 */
public final class IdleCost {

  private static final int SETTLE_SECONDS = 120;
  private static final int WATCH_SECONDS = 60;
  private static final List<String> ROLES = List.of("api", "outbox", "sentinel", "adapters", "console");

  private final Duration settle;
  private final Duration watch;

  private IdleCost(String[] args) {
    watch = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : WATCH_SECONDS);
    settle = Duration.ofSeconds(args.length > 1 ? Integer.parseInt(args[1]) : SETTLE_SECONDS);
  }

  public static void main(String[] args) throws Exception {
    var benchmark = new IdleCost(args);
    var result = new LinkedHashMap<String, Object>();
    result.put("scenario", "B11 idle");
    result.put("unit", "percent of a core; statements and transactions a second");
    result.put("reference", 0);
    result.put("seconds", benchmark.watch.toSeconds());
    result.put("local_start", benchmark.localStart());
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox,adapters", "logging.level.root=WARN")) {
      for (String role : ROLES) {
        result.put(role, benchmark.role(role, fleet));
      }
      result.putAll(Measurements.environment(fleet));
    }
    System.out.println(Measurements.json(result));
  }

  private Map<String, Object> localStart() throws Exception {
    int port = LocalFleet.freePort();
    try (var process = StartedProcess.localStart(port)) {
      process.secondsUntilReady();
      try (var database = DriverManager
          .getConnection("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres")) {
        return watched(process, database);
      }
    }
  }

  private Map<String, Object> role(String role, LocalFleet fleet) throws Exception {
    try (var process = StartedProcess.role(role, fleet)) {
      process.secondsUntilReady();
      return watched(process, null);
    }
  }

  private Map<String, Object> watched(StartedProcess process, Connection database) throws Exception {
    TimeUnit.NANOSECONDS.sleep(settle.toNanos());
    var before = Used.now(process, database);
    TimeUnit.NANOSECONDS.sleep(watch.toNanos());
    return Used.now(process, database).since(before, database != null);
  }

  /**
   * What has been used so far.
   *
   * @param java seconds of processor time
   * @param postgresql the same of the server's processes that still run
   * @param statements as the process counts them
   * @param transactions as the server counts them; a connection that the pool tries out is one
   */
  private record Used(long nanos, double java, double postgresql, double statements, double transactions) {

    static Used now(StartedProcess process, Connection database) throws SQLException {
      double statements = MetricsPage.read(process.managementPort())
          .value("hyperfleet_db_query_duration_seconds_count");
      return new Used(System.nanoTime(), seconds(process.handle()), database == null ? 0 : server(database), statements,
          database == null ? 0 : number(database, "select sum(xact_commit + xact_rollback) from pg_stat_database"));
    }

    private static double server(Connection database) throws SQLException {
      return ProcessHandle.of((long) number(database, "select pg_backend_pid()")).flatMap(ProcessHandle::parent)
          .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.children()))
          .map(processes -> processes.mapToDouble(Used::seconds).sum()).orElse(0.0);
    }

    private static double seconds(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private static double number(Connection database, String sql) throws SQLException {
      try (var statement = database.createStatement(); var row = statement.executeQuery(sql)) {
        row.next();
        return row.getDouble(1);
      }
    }

    Map<String, Object> since(Used before, boolean withServer) {
      double seconds = (nanos - before.nanos) / 1e9;
      var result = new LinkedHashMap<String, Object>();
      result.put("java_percent", Measurements.rounded(100 * (java - before.java) / seconds));
      if (withServer) {
        result.put("postgresql_percent", Measurements.rounded(100 * (postgresql - before.postgresql) / seconds));
        result.put("transactions", Measurements.rounded((transactions - before.transactions) / seconds));
      }
      result.put("statements", Measurements.rounded((statements - before.statements) / seconds));
      return result;
    }
  }
}
