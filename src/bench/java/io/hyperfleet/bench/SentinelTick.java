package io.hyperfleet.bench;

import static io.hyperfleet.bench.Measurements.millis;

import io.hyperfleet.local.LocalFleet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * B4: the Sentinel's tick over fleets of 10,000, 100,000 and 1,000,000 clusters, one in a hundred due: its route asks
 * the API for what is due, page by page, and for an event for each; against the bare SQL that finds the due rows. Then
 * ticks that find nothing, and the fleet's counts. Other sizes can be given as arguments.
 */
public final class SentinelTick {

  private static final int PAIRS = 5;
  private static final int IDLE_TICKS = 300;
  private static final int READS = 500;
  private static final String ROUTE = "sentinel-clusters";
  private static final String[] SIZES = {"10000", "100000", "1000000"};
  private static final String DUE = """
      select r.id, r.generation, r.phase, d.next_event_time, d.event_attempt, r.reported_generation
      from resource_schedules d
      join resources r on r.id = d.resource_id
      where d.kind = 'Cluster' and d.next_event_time <= now()
      order by d.next_event_time, d.resource_id""";

  private final LocalFleet fleet;
  private final LoadedFleet clusters;
  private final RouteTimes ticks;
  /** Full pages are asked for beside the listing. */
  private final RouteTimes asked;
  private final Heap heap = new Heap();

  private SentinelTick(LocalFleet fleet) throws Exception {
    this.fleet = fleet;
    this.clusters = new LoadedFleet(fleet);
    this.ticks = RouteTimes.of(fleet.camel(), ROUTE, SentinelTick::due);
    this.asked = RouteTimes.of(fleet.camel(), "sentinel-ahead", exchange -> 1);
  }

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,sentinel", "hyperfleet.sentinel.kinds=clusters",
        "hyperfleet.sentinel.poll-interval=10ms", "hyperfleet.re-evaluation.pause=1h", "logging.level.root=WARN")) {
      var benchmark = new SentinelTick(fleet);
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B4 Sentinel tick, 1 % due");
      result.put("unit", "ms");
      result.put("reference", "the bare SQL that finds the due rows");
      for (int size : Stream.of(args.length == 0 ? SIZES : args).map(Integer::valueOf).toList()) {
        result.put(size + "_clusters", benchmark.measure(size));
      }
      result.put("heap_limit_mib", Heap.limitMiB());
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private Map<String, Object> measure(int size) throws Exception {
    clusters.growTo(size);
    tick();
    var result = Measurements.pairs(PAIRS, this::bareSql, this::tick);
    result.putAll(idle());
    result.putAll(fleet());
    result.put("heap_mib", heap.leftMiB());
    return result;
  }

  private double bareSql() throws Exception {
    fleet.camel().getRouteController().suspendRoute(ROUTE);
    int due = clusters.makeDue();
    try (Connection connection = Measurements.connection(fleet)) {
      long start = System.nanoTime();
      int found = 0;
      try (var statement = connection.createStatement(); var rows = statement.executeQuery(DUE)) {
        while (rows.next()) {
          found++;
        }
      }
      long nanos = System.nanoTime() - start;
      if (found != due) {
        throw new IllegalStateException(found + " clusters are due instead of " + due);
      }
      return millis(nanos);
    }
  }

  /** From the beginning of the first poll that finds something until the last event is written. */
  private double tick() throws Exception {
    fleet.camel().getRouteController().suspendRoute(ROUTE);
    int due = clusters.makeDue();
    ticks.clear();
    asked.clear();
    fleet.camel().getRouteController().resumeRoute(ROUTE);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> ticks.work() >= due && clusters.events() >= due
        && fleet.camel().getInflightRepository().size("sentinel-ahead") == 0);
    if (clusters.events() > due) {
      throw new IllegalStateException(clusters.events() + " events for " + due + " clusters");
    }
    var runs = ticks.runs().stream().filter(run -> run.work() > 0).toList();
    long end = Stream.concat(runs.stream(), asked.runs().stream()).mapToLong(RouteTimes.Run::end).max().orElseThrow();
    return millis(end - runs.get(0).begin());
  }

  private Map<String, Object> idle() {
    clusters.makeNoneDue();
    ticks.clear();
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> ticks.runs().size() > IDLE_TICKS);
    var idle = new Measurements();
    ticks.runs().stream().filter(run -> run.work() == 0).forEach(run -> idle.add(millis(run.end() - run.begin())));
    return Map.of("idle_p50", idle.percentile(50), "idle_p99", idle.percentile(99));
  }

  /** What counting the fleet takes in the background, and reading the counts, in milliseconds. */
  private Map<String, Object> fleet() throws Exception {
    var read = new Measurements();
    var http = HttpClient.newHttpClient();
    var request = HttpRequest
        .newBuilder(URI.create("http://localhost:" + fleet.apiPort() + "/api/hyperfleet/v1/fleet"));
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("/fleet: " + answer.statusCode() + " " + answer.body());
      }
      read.add(millis(System.nanoTime() - start));
    }
    var counting = fleet.context().getBean(JdbcClient.class).sql("select max(counting_seconds) from fleet_snapshots")
        .query(Double.class).single();
    return Map.of("fleet_p50", read.percentile(50), "fleet_p99", read.percentile(99), "fleet_counting",
        1_000 * counting);
  }

  /** What a poll has asked events for; nothing when it failed on the way. One that was left out is none. */
  private static int due(Exchange exchange) {
    if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null) {
      return 0;
    }
    return exchange.getVariable("page") instanceof List<?>
        ? exchange.getVariable("due") instanceof List<?> due ? due.size() : 0
        : RouteTimes.LEFT_OUT;
  }
}
