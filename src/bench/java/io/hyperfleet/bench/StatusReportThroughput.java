package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * B8: reports of one adapter by 16 clients, about 2,000 clusters in turn and about one, against the same statements
 * over bare connections, and in pgbench where that is installed.
 */
public final class StatusReportThroughput {

  private static final int PAIRS = 5;
  private static final int CLIENTS = 16;
  private static final int CLUSTERS = 2_000;
  private static final Duration RUN = Duration.ofSeconds(3);

  private StatusReportThroughput() {}

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api", "logging.level.root=WARN")) {
      var cold = IntStream.range(0, CLUSTERS).mapToObj(i -> UUID.fromString(fleet.createCluster("cold-" + i))).toList();
      var hot = List.of(UUID.fromString(fleet.createCluster("hot")));
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B8 status reports");
      result.put("unit", "reports/s");
      result.put("clients", CLIENTS);
      result.put("reference", "the same statements over bare JDBC connections");
      result.put("cold_rows", compared(fleet, cold));
      result.put("hot_row", compared(fleet, hot));
      var pgbench = PgBench.of(fleet);
      if (pgbench.isPresent()) {
        result.put("cold_rows_of_pgbench", Measurements.pairs(PAIRS,
            () -> pgbench.get().reports(CLIENTS, RUN, "cold-", CLUSTERS),
            () -> Load.full(CLIENTS, RUN, () -> new Reporter(fleet, cold)).perSecond()));
      }
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private static Object compared(LocalFleet fleet, List<UUID> clusters) throws Exception {
    Load.warm(() -> new Reporter(fleet, clusters));
    Load.full(CLIENTS, RUN, () -> new Reference(fleet, clusters));
    return Measurements.pairs(PAIRS,
        () -> Load.full(CLIENTS, RUN, () -> new Reference(fleet, clusters)).perSecond(),
        () -> Load.full(CLIENTS, RUN, () -> new Reporter(fleet, clusters)).perSecond());
  }

  /** Without an observed_time the API's clock counts, so that no report comes too late. */
  static String report() {
    return """
        {"adapter": "dns", "observed_generation": 1, "conditions": [
          {"type": "Applied", "status": "True", "reason": "JobLaunched"},
          {"type": "Available", "status": "True", "reason": "Tested", "message": "as of %s"},
          {"type": "Health", "status": "True", "reason": "NoErrors"}]}""".formatted(Instant.now());
  }

  private static UUID any(List<UUID> clusters) {
    return clusters.get(ThreadLocalRandom.current().nextInt(clusters.size()));
  }

  private static final class Reporter implements Load.Client {

    private final List<UUID> clusters;
    private final KeepAliveClient http;

    Reporter(LocalFleet fleet, List<UUID> clusters) throws IOException {
      this.clusters = clusters;
      this.http = new KeepAliveClient(fleet.apiPort());
    }

    @Override
    public void once() throws IOException {
      http.send("PUT", "/clusters/" + any(clusters) + "/statuses", report(), 201);
    }

    @Override
    public void close() throws IOException {
      http.close();
    }
  }

  private static final class Reference implements Load.Client {

    private final List<UUID> clusters;
    private final BareStatements statements;

    Reference(LocalFleet fleet, List<UUID> clusters) throws SQLException {
      this.clusters = clusters;
      this.statements = new BareStatements(fleet);
    }

    @Override
    public void once() throws SQLException {
      statements.report(any(clusters));
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }
}
