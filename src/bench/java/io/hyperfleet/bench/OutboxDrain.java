package io.hyperfleet.bench;

import com.google.api.core.ApiFuture;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.sql.SqlFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * B1: 300,000 pending rows of the outbox, published and marked by the relay's routes, against what its two halves allow
 * one after the other: its statements over a bare connection, and Google's publisher with nothing before it. Another
 * number of rows can be given as argument.
 */
public final class OutboxDrain {

  private static final int PAIRS = 5;
  private static final int ROWS = 300_000;
  private static final int BATCH = 500;
  private static final String POLL = "outbox-poll";
  private static final String TOPIC = "hyperfleet.clusters.changed.v1";
  private static final String CLAIM = statement("outbox-claim");
  private static final String MARK = statement("outbox-mark-published");

  private final LocalFleet fleet;
  private final BareBroker broker;
  private final NamedParameterJdbcTemplate jdbc;
  private final int rows;
  private final Measurements marks = new Measurements();
  private final Measurements publishes = new Measurements();

  private OutboxDrain(LocalFleet fleet, BareBroker broker, NamedParameterJdbcTemplate jdbc, int rows) {
    this.fleet = fleet;
    this.broker = broker;
    this.jdbc = jdbc;
    this.rows = rows;
  }

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "logging.level.root=WARN");
        var broker = new BareBroker(fleet);
        var connection = Measurements.connection(fleet)) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> fleet.management("/readyz").status() == 200);
      var benchmark = new OutboxDrain(fleet, broker,
          new NamedParameterJdbcTemplate(new SingleConnectionDataSource(connection, true)),
          args.length == 0 ? ROWS : Integer.parseInt(args[0]));
      benchmark.limit();
      benchmark.drain();
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B1 outbox drain");
      result.put("unit", "rows/s");
      result.put("rows", benchmark.rows);
      result.put("reference", "1 / (1 / the relay's statements over a bare connection + 1 / a bare batched publish)");
      result.putAll(Measurements.pairs(PAIRS, benchmark::limit, benchmark::drain));
      result.put("reference_claim_and_mark", benchmark.marks.percentile(50));
      result.put("reference_publish", benchmark.publishes.percentile(50));
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private double limit() throws Exception {
    fill();
    double mark = rate(this::claimAndMark);
    double publish = rate(this::publish);
    marks.add(mark);
    publishes.add(publish);
    return Math.round(1 / (1 / mark + 1 / publish));
  }

  private double drain() throws Exception {
    fill();
    double before = published();
    return rate(() -> {
      fleet.camel().getRouteController().resumeRoute(POLL);
      Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(Duration.ofMinutes(5))
          .until(() -> published() - before >= rows);
    });
  }

  private interface Work {
    void run() throws Exception;
  }

  private double rate(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return Math.round(rows * 1e9 / (System.nanoTime() - start));
  }

  /** Leaves the relay without work until it is resumed. */
  private void fill() throws Exception {
    fleet.camel().getRouteController().suspendRoute(POLL);
    jdbc.update("truncate outbox", Map.of());
    jdbc.update(
        """
        insert into outbox (event_id, aggregate_type, aggregate_id, event_type, generation, reason, source, payload)
        select id, 'Cluster', id, 'cluster.changed.v1', 1, 'created', 'write', jsonb_build_object('id', id, 'kind', 'Cluster',
          'href', '/api/hyperfleet/v1/clusters/' || id, 'generation', 1)
        from (select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid as id from generate_series(1, :rows) n) ids""",
        Map.of("rows", rows));
    jdbc.update("vacuum analyze outbox", Map.of());
  }

  private void claimAndMark() {
    for (int marked = 0; marked < rows;) {
      var lease = UUID.randomUUID().toString();
      var claimed = jdbc.queryForList(CLAIM, Map.of("lease", lease, "leaseMillis", 30_000, "batchSize", BATCH,
          "inOrder", false));
      var ids = String.join(",", claimed.stream().map(row -> (String) row.get("event_id")).toList());
      marked += jdbc.queryForList(MARK, Map.of("published", ids, "lease", lease)).size();
    }
  }

  private void publish() throws Exception {
    var id = UUID.randomUUID().toString();
    var message = PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("""
            {"specversion":"1.0","id":"%s","source":"/hyperfleet/service/api","type":"cluster.changed.v1","subject":"%s",
            "time":"2026-01-01T00:00:00.000000Z","datacontenttype":"application/json","data":{"id":"%s","kind":"Cluster",
            "href":"/api/hyperfleet/v1/clusters/%s","generation":1}}""".formatted(id, id, id, id)))
        .putAllAttributes(Map.of("content-type", "application/cloudevents+json", "ce-specversion", "1.0", "ce-id", id,
            "ce-source", "/hyperfleet/service/api", "ce-type", "cluster.changed.v1", "ce-subject", id,
            "ce-time", "2026-01-01T00:00:00.000000Z"))
        .build();
    var sent = new ArrayList<ApiFuture<String>>();
    for (int i = 0; i < rows; i++) {
      sent.add(broker.publish(TOPIC, message));
    }
    broker.flush();
    for (var future : sent) {
      future.get();
    }
  }

  private double published() {
    return fleet.context().getBean(MeterRegistry.class).find("hyperfleet.outbox.published").counters().stream()
        .mapToDouble(Counter::count).sum();
  }

  /** A statement of the relay's routes, with parameters as JDBC knows them. */
  private static String statement(String name) {
    return SqlFile.read(name).replaceAll(":#\\$\\{variable\\.(\\w+)}", ":$1");
  }
}
