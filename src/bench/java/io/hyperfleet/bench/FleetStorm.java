package io.hyperfleet.bench;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * B6: clusters created at once until all are Ready, with the adapters that the local start has, against the sum of what
 * creates, events and reports cost at the least: their number through the references of B2, B5 and B8. 200 clusters and
 * Jobs of two seconds; other numbers can be given as arguments. With {@code apart} as a third one, the local Kubernetes
 * is a process of its own, and what it takes is not counted. Fails when an adapter has made a second Job for a cluster.
 */
public final class FleetStorm {

  private static final int CLUSTERS = 200;
  private static final int WARM_UP = 50;
  private static final int CLIENTS = 16;
  private static final int JOB_SECONDS = 2;
  private static final Duration RUN = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofMinutes(60);
  private static final byte[] EVENT = "{\"data\":{\"id\":\"0190b6b4-0000-7000-8000-000000000001\"}}".getBytes();

  private final LocalFleet fleet;
  private final JdbcClient database;
  private final AtomicInteger created = new AtomicInteger();

  private FleetStorm(LocalFleet fleet) {
    this.fleet = fleet;
    this.database = fleet.context().getBean(JdbcClient.class);
  }

  public static void main(String[] args) throws Exception {
    int clusters = args.length == 0 ? CLUSTERS : Integer.parseInt(args[0]);
    int jobSeconds = args.length < 2 ? JOB_SECONDS : Integer.parseInt(args[1]);
    try (var kubernetes = args.length < 3 ? null : KubernetesProcess.start(jobSeconds);
        var fleet = LocalFleet.start("hyperfleet.local.job-duration=" + jobSeconds + "s", "logging.level.root=ERROR",
            "hyperfleet.kubernetes.kubeconfig=" + (kubernetes == null ? "" : kubernetes.kubeconfig()))) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> fleet.management("/readyz").status() == 200);
      var benchmark = new FleetStorm(fleet);
      benchmark.storm(WARM_UP);
      int reportsBefore = fleet.reports().all().size();
      var used = CpuTime.now(benchmark.database);
      var start = benchmark.databaseTime();
      var times = benchmark.storm(clusters);
      used = CpuTime.now(benchmark.database).since(used);
      int reports = fleet.reports().all().size() - reportsBefore;
      benchmark.requireOneJobEach();
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B6 fleet storm");
      result.put("unit", "s");
      result.put("clusters", clusters);
      result.put("jobs_take", jobSeconds);
      result.put("kubernetes_apart", kubernetes != null);
      result.put("all_created", times.created());
      result.put("all_ready", times.ready());
      result.put("first_report_in_the_middle", benchmark.firstReportInTheMiddle(start));
      result.put("java_cpu_per_cluster", Measurements.rounded(used.java() / clusters));
      result.put("postgresql_cpu_per_cluster", Measurements.rounded(used.postgresql() / clusters));
      result.put("events_per_cluster", benchmark.eventsPerCluster(start, clusters));
      result.put("reports_per_cluster", Measurements.rounded((double) reports / clusters));
      result.put("duplicate_jobs", 0);
      result.putAll(benchmark.floor(clusters, reports, times.ready()));
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private record Times(double created, double ready) {}

  /**
   * Seconds of processor time; of PostgreSQL without what its ended processes took, and 0 where it runs on another
   * machine.
   */
  private record CpuTime(double java, double postgresql) {

    static CpuTime now(JdbcClient database) {
      long backend = database.sql("select pg_backend_pid()").query(Long.class).single();
      var server = ProcessHandle.of(backend).flatMap(ProcessHandle::parent);
      return new CpuTime(seconds(ProcessHandle.current()),
          server.map(parent -> parent.children().mapToDouble(CpuTime::seconds).sum()).orElse(0.0));
    }

    private static double seconds(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    CpuTime since(CpuTime before) {
      return new CpuTime(java - before.java, postgresql - before.postgresql);
    }
  }

  private OffsetDateTime databaseTime() {
    return database.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
  }

  /** By what caused them. */
  private Map<String, Double> eventsPerCluster(OffsetDateTime start, int clusters) {
    var events = new TreeMap<String, Double>();
    database.sql("select source, count(*) as events from outbox where created_time >= :start group by source")
        .param("start", start).query(row -> {
          events.put(row.getString("source"), Measurements.rounded((double) row.getLong("events") / clusters));
        });
    events.put("all", Measurements.rounded(events.values().stream().mapToDouble(Double::doubleValue).sum()));
    return events;
  }

  /**
   * Seconds from the creation of a cluster to the first report about it: the median of the fifth that was created in
   * the middle.
   */
  private double firstReportInTheMiddle(OffsetDateTime start) {
    return Measurements.rounded(database.sql("""
        select extract(epoch from percentile_cont(0.5) within group (order by waited))
        from (select (select min(s.created_time) from adapter_statuses s where s.resource_id = r.id) - r.created_time as waited,
                     ntile(5) over (order by r.created_time) as fifth
              from resources r
              where r.kind = 'Cluster' and r.created_time >= :start) as clusters
        where fifth = 3""").param("start", start).query(Double.class).single());
  }

  private Times storm(int clusters) throws Exception {
    int all = created.get() + clusters;
    long start = System.nanoTime();
    Load.times(CLIENTS, clusters, Creator::new);
    double creation = seconds(start);
    created.set(all);
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> ready() == all);
    return new Times(creation, seconds(start));
  }

  private long ready() {
    return database.sql("select count(*) from resources where kind = 'Cluster' and phase = 'Ready'").query(Long.class)
        .single();
  }

  private void requireOneJobEach() {
    var jobs = fleet.context().getBean(KubernetesClient.class).batch().v1().jobs().inAnyNamespace().list().getItems()
        .stream()
        .collect(Collectors.groupingBy(FleetStorm::purpose, Collectors.counting()));
    var doubled = jobs.entrySet().stream().filter(entry -> entry.getValue() > 1).toList();
    if (!doubled.isEmpty() || jobs.isEmpty() || jobs.size() % created.get() != 0) {
      throw new IllegalStateException(jobs.size() + " Jobs for " + created + " clusters, more than one for " + doubled);
    }
  }

  private static String purpose(Job job) {
    var labels = job.getMetadata().getLabels();
    return labels.get(OwnerLabels.MANAGED_BY) + " " + labels.get(OwnerLabels.CLUSTER_ID);
  }

  /**
   * What the references of the parts need for as much work, one part after the other; with the routes stopped, which
   * would otherwise act on what the references write.
   */
  private LinkedHashMap<String, Object> floor(int clusters, int reports, double ready) throws Exception {
    fleet.camel().getRouteController().stopAllRoutes();
    double creates = perSecond(statements -> statements.create());
    var ids = database
        .sql("select id from resources where kind = 'Cluster' limit 1000").query(UUID.class).list();
    double stored = perSecond(
        statements -> statements.report(ids.get(ThreadLocalRandom.current().nextInt(ids.size()))));
    double handled;
    try (var backends = new CannedBackends(); var loop = new HandWrittenLoop(backends.url(), backends.kubeconfig())) {
      Callable<Load.Client> client = () -> () -> loop.handle(EVENT);
      Load.full(CLIENTS, RUN, client);
      handled = Load.full(CLIENTS, RUN, client).perSecond();
    }
    double floor = clusters / creates + reports / stored + reports / handled;
    var result = new LinkedHashMap<String, Object>();
    result.put("reference",
        "clusters / creates a second + reports / (reports and events a second), of the bare clients");
    result.put("reference_seconds", Measurements.rounded(floor));
    result.put("reference_creates_per_second", creates);
    result.put("reference_reports_per_second", stored);
    result.put("reference_events_per_second", handled);
    result.put("times_the_reference", Measurements.rounded(ready / floor));
    return result;
  }

  private interface Statement {
    void run(BareStatements statements) throws Exception;
  }

  private double perSecond(Statement statement) throws Exception {
    Callable<Load.Client> client = () -> {
      var statements = new BareStatements(fleet);
      return new Load.Client() {
        @Override
        public void once() throws Exception {
          statement.run(statements);
        }

        @Override
        public void close() throws Exception {
          statements.close();
        }
      };
    };
    Load.full(CLIENTS, RUN, client);
    return Load.full(CLIENTS, RUN, client).perSecond();
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
  }

  private final class Creator implements Load.Client {

    private final KeepAliveClient http = new KeepAliveClient(fleet.apiPort());

    Creator() throws IOException {}

    @Override
    public void once() throws IOException {
      http.send("POST", "/clusters", "{\"kind\": \"Cluster\", \"name\": \"c-" + UUID.randomUUID()
          + "\", \"spec\": {\"region\": \"us-east1\"}}", 201);
    }

    @Override
    public void close() throws IOException {
      http.close();
    }
  }
}
