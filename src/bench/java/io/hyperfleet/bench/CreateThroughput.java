package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.UUID;

/**
 * B2: POST /clusters, validated and with its outbox row in the transaction, by 16 clients, against the same statements
 * over bare connections; then the latency at half of that.
 */
public final class CreateThroughput {

  private static final int PAIRS = 5;
  private static final int CLIENTS = 16;
  private static final Duration RUN = Duration.ofSeconds(4);

  private CreateThroughput() {}

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api", "logging.level.root=WARN")) {
      Load.warm(() -> new Creator(fleet));
      Load.full(CLIENTS, RUN, () -> new Reference(fleet));
      var compared = Measurements.pairs(PAIRS,
          () -> Load.full(CLIENTS, RUN, () -> new Reference(fleet)).perSecond(),
          () -> Load.full(CLIENTS, RUN, () -> new Creator(fleet)).perSecond());
      var half = Load.paced(CLIENTS, RUN.multipliedBy(2), (double) compared.get("median") / 2,
          () -> new Creator(fleet));
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B2 create throughput");
      result.put("unit", "creates/s");
      result.put("clients", CLIENTS);
      result.put("reference", "the same statements over bare JDBC connections");
      result.putAll(compared);
      var pgbench = PgBench.of(fleet);
      if (pgbench.isPresent()) {
        result.put("of_pgbench", Measurements.pairs(PAIRS, () -> pgbench.get().creates(CLIENTS, RUN),
            () -> Load.full(CLIENTS, RUN, () -> new Creator(fleet)).perSecond()));
      }
      result.put("half_load_p50_ms", half.latencies().percentile(50));
      result.put("half_load_p99_ms", half.latencies().percentile(99));
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private static final class Creator implements Load.Client {

    private final KeepAliveClient http;

    Creator(LocalFleet fleet) throws IOException {
      http = new KeepAliveClient(fleet.apiPort());
    }

    @Override
    public void once() throws IOException {
      http.send("POST", "/clusters", "{\"kind\": \"Cluster\", \"name\": \"c-" + UUID.randomUUID()
          + "\", \"spec\": {\"region\": \"r1\"}, \"labels\": {\"shard\": \"1\"}}", 201);
    }

    @Override
    public void close() throws IOException {
      http.close();
    }
  }

  private static final class Reference implements Load.Client {

    private final BareStatements statements;

    Reference(LocalFleet fleet) throws SQLException {
      statements = new BareStatements(fleet);
    }

    @Override
    public void once() throws SQLException {
      statements.create();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }
}
