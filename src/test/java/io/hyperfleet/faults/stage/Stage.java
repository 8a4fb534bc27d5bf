package io.hyperfleet.faults.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.History.Event;
import io.hyperfleet.faults.stage.History.FollowedState;
import io.hyperfleet.faults.stage.History.Generation;
import io.hyperfleet.faults.stage.History.JobMade;
import io.hyperfleet.faults.stage.History.ReadyMoment;
import io.hyperfleet.faults.stage.History.RolloutState;
import io.hyperfleet.faults.stage.History.StoredReport;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalPostgres;
import io.hyperfleet.local.SpawnedFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Real services, each behind a {@link FaultProxy}, for fleets in this process or in processes of their own, and
 * everything that the {@link HistoryChecker} wants to know of what happens on it.
 */
public final class Stage implements AutoCloseable {

  /** Long enough for two JVMs to start on a machine that is busy with others. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);
  /** I6. */
  public static final Duration CONVERGENCE = Duration.ofSeconds(60);
  /** The shortest that Google's publisher and the relay allow. */
  public static final Duration LEASE = Duration.ofSeconds(11);

  private static final String DATABASE_PASSWORD = "canary-database-password";
  private static final String API_TOKEN = "canary-api-token";

  public final LocalPostgres postgres;
  public LocalPubSub broker;
  public final LocalKubernetes kubernetes;
  public final FaultProxy toPostgres;
  public final FaultProxy toBroker;
  public final FaultProxy toKubernetes;
  public final JdbcClient database;
  public final EventLog events = new EventLog();
  public final History history = new History();

  private final JobLog jobs;
  private final Path folder;
  private final List<AutoCloseable> fleets = new ArrayList<>();
  private final Map<String, SpawnedFleet> spawned = new LinkedHashMap<>();
  private final Map<String, LocalFleet> local = new LinkedHashMap<>();

  public Stage(String... postgresSettings) throws IOException {
    postgres = LocalPostgres.start(0, postgresSettings);
    broker = LocalPubSub.start(0);
    kubernetes = LocalKubernetes.start(
        new LocalKubernetes.Settings(0, Duration.ofMillis(300), Duration.ofMillis(100)));
    jobs = new JobLog(kubernetes.client());
    events.listen(broker.endpoint());
    toPostgres = new FaultProxy(port(postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1")));
    toBroker = new FaultProxy(broker.port());
    toKubernetes = new FaultProxy(kubernetes.port());
    database = JdbcClient.create(new DriverManagerDataSource(postgres.jdbcUrl()));
    folder = Files.createDirectories(Path.of("target", "faults", UUID.randomUUID().toString())).toAbsolutePath();
    kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
    var kubeconfig = Files.readString(folder.resolve("kubeconfig"));
    Files.writeString(folder.resolve("kubeconfig"),
        kubeconfig.replace(":" + kubernetes.port(), ":" + toKubernetes.port()));
    Files.writeString(folder.resolve("token"), API_TOKEN);
    history.secrets.addAll(List.of(DATABASE_PASSWORD, API_TOKEN));
    history.required.addAll(List.of("validation", "dns", "placement", "hyperfleet"));
  }

  private static int port(String text) {
    return Integer.parseInt(text);
  }

  /** What every fleet is started with: all services by way of the proxies. */
  private List<String> properties(Collection<String> more) {
    var all = new ArrayList<>(List.of(
        "spring.datasource.url=" + postgres.jdbcUrl().replaceFirst(":\\d+/", ":" + toPostgres.port() + "/"),
        "spring.datasource.username=" + postgres.username(),
        "spring.datasource.password=" + DATABASE_PASSWORD,
        "hyperfleet.api.token-file=" + folder.resolve("token"),
        "hyperfleet.broker.emulator-host=localhost:" + toBroker.port(),
        "hyperfleet.kubernetes.kubeconfig=" + folder.resolve("kubeconfig"),
        "hyperfleet.outbox.lease=" + LEASE.toSeconds() + "s",
        "hyperfleet.outbox.publish-timeout=" + (LEASE.toSeconds() - 1) + "s"));
    all.addAll(more);
    return all;
  }

  /** Starts a fleet in this process; it is closed with the stage. */
  public LocalFleet local(String... more) {
    var fleet = LocalFleet.start(properties(List.of(more)).toArray(String[]::new));
    fleets.add(fleet);
    local.put("local fleet " + local.size(), fleet);
    await().atMost(PATIENCE).until(() -> fleet.management("/readyz").status() == 200);
    recordHistory();
    return fleet;
  }

  /** Starts a fleet in a process of its own, and waits until it is ready; it is killed with the stage. */
  public SpawnedFleet spawn(String name, String... more) throws IOException {
    var fleet = begin(name, Map.of(), more);
    awaitReady(fleet);
    return fleet;
  }

  /** Waits until a fleet is ready. */
  public void awaitReady(SpawnedFleet fleet) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(fleet::isReady);
    recordHistory();
  }

  /** Starts a fleet in a process of its own with some more environment, and waits for nothing. */
  public SpawnedFleet begin(String name, Map<String, String> environment, String... more) throws IOException {
    return begin(name, List.of("-Xmx512m"), environment, more);
  }

  /** Starts a fleet in a process of its own with arguments for its JVM, and waits for nothing. */
  public SpawnedFleet begin(String name, List<String> jvm, Map<String, String> environment, String... more)
      throws IOException {
    var fleet = SpawnedFleet.start(name, jvm, environment, properties(List.of(more)));
    fleets.add(fleet);
    spawned.put(name, fleet);
    return fleet;
  }

  /** From the first migrated schema on, the database writes down what is committed. */
  private void recordHistory() {
    boolean migrated = database.sql("select to_regclass('outbox') is not null").query(Boolean.class).single();
    boolean recording = database.sql("select to_regnamespace('history') is not null").query(Boolean.class).single();
    if (migrated && !recording) {
      database.sql(read("/test-sql/history.sql")).update();
    }
  }

  private static String read(String resource) {
    try (var file = Stage.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A folder of this stage alone. */
  public Path folder() {
    return folder;
  }

  /** A proxy in front of a port; it is closed with the stage. */
  public FaultProxy inFrontOf(int port) {
    var proxy = new FaultProxy(port);
    fleets.add(proxy);
    return proxy;
  }

  /** All Jobs that were ever made. */
  public List<JobMade> jobsMade() {
    return jobs.jobs();
  }

  /** The names of all Jobs that are in Kubernetes now. */
  public List<String> jobsInKubernetes() {
    return kubernetes.client().batch().v1().jobs().inAnyNamespace().list().getItems().stream()
        .map(job -> job.getMetadata().getName()).toList();
  }

  /** The names of all Jobs whose files a bare repository has now. */
  public static List<String> jobsIn(Path repository) throws IOException {
    try (var git = Git.open(repository.toFile()); var files = new TreeWalk(git.getRepository())) {
      files.addTree(git.getRepository().resolve("main^{tree}"));
      files.setRecursive(true);
      var names = new ArrayList<String>();
      while (files.next()) {
        if (files.getPathString().contains("/jobs/")) {
          names.add(files.getNameString().replaceFirst("\\.yaml$", ""));
        }
      }
      return names;
    }
  }

  public long count(String sql) {
    return database.sql(sql).query(Long.class).single();
  }

  /** Waits until every row of the outbox is published or dead. */
  public void awaitPublished() {
    await().atMost(CONVERGENCE).until(() -> count("select count(*) from outbox where state = 'pending'") == 0);
  }

  /** Waits until adapters have acknowledged every message. */
  public void awaitAcknowledged(List<String> adapters) {
    await().atMost(CONVERGENCE).until(() -> adapters.stream().allMatch(
        adapter -> broker.unacknowledged("projects/hyperfleet/subscriptions/" + adapter + "-adapter-sub") == 0));
  }

  /**
   * Waits until every cluster is Ready and every event is delivered; what is not within a minute breaks I6 or I1.
   *
   * @return how long that took
   */
  public Duration awaitConverged() {
    long start = System.nanoTime();
    try {
      await().atMost(CONVERGENCE).until(() -> count("select count(*) from resources where phase <> 'Ready'") == 0
          && count("select count(*) from outbox where state = 'pending'") == 0);
      await().atMost(CONVERGENCE).until(() -> Set.copyOf(events.events().stream().map(Event::id).toList()).containsAll(
          database.sql("select event_id::text from outbox where state = 'published'").query(String.class).list()));
    } catch (ConditionTimeoutException e) {
      database.sql("select id::text, phase from resources where phase <> 'Ready'")
          .query((row, index) -> history.unconverged.put(row.getString(1), row.getString(2))).list();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** What is in use now, before the faults. */
  public Usages usage() {
    return new Usages(this);
  }

  /** Asserts I1 to I9. */
  public void assertInvariants() throws IOException {
    assertThat(violations()).isEmpty();
  }

  /** The history so far, judged; may be asked again after more has happened. */
  public List<String> violations() throws IOException {
    List.of(history.committed, history.outbox, history.delivered, history.jobs, history.reports, history.ready,
        history.rollouts, history.followed)
        .forEach(Collection::clear);
    database.sql("select resource_id::text, generation from history.generations order by seq")
        .query((row, index) -> history.committed.add(new Generation(row.getString(1), row.getInt(2)))).list();
    history.outbox.addAll(database.sql(
        "select event_id::text, aggregate_id, generation from outbox where state <> 'dead' order by seq")
        .query((row, index) -> new Event(row.getString(1), row.getString(2), row.getInt(3))).list());
    history.delivered.addAll(events.events());
    history.jobs.addAll(jobs.jobs());
    history.reports.addAll(database.sql("select resource_id::text, adapter, generation, report_time "
        + "from history.reports order by seq")
        .query((row, index) -> new StoredReport(row.getString(1), row.getString(2), row.getInt(3),
            row.getObject(4, OffsetDateTime.class).toInstant()))
        .list());
    history.ready.addAll(database.sql("select resource_id::text, generation, available from history.ready order by seq")
        .query((row, index) -> new ReadyMoment(row.getString(1), row.getInt(2),
            Set.copyOf(Arrays.asList((String[]) row.getArray(3).getArray()))))
        .list());
    history.rollouts
        .addAll(database.sql("select adapter, digest, state, wave, waves from history.rollouts order by seq")
            .query((row, index) -> new RolloutState(row.getString(1), row.getString(2), row.getString(3), row.getInt(4),
                row.getInt(5)))
            .list());
    history.followed
        .addAll(database.sql("select distinct resource_id::text, adapter, digest, known from history.followed")
            .query((row, index) -> new FollowedState(row.getString(1), row.getString(2), row.getString(3),
                row.getBoolean(4)))
            .list());
    history.outputs.put("the events", String.join("\n",
        events.messages().stream().map(message -> message.getData().toStringUtf8()).toList()));
    history.outputs.put("the reports", String.join("\n",
        database.sql("select item::text from adapter_status_items").query(String.class).list()));
    for (var fleet : spawned.entrySet()) {
      history.outputs.put("the log of " + fleet.getKey(), fleet.getValue().log());
    }
    return HistoryChecker.violations(history);
  }

  @Override
  public void close() throws Exception {
    for (int i = fleets.size() - 1; i >= 0; i--) {
      fleets.get(i).close();
    }
    jobs.close();
    events.close();
    for (AutoCloseable part : List.of(toPostgres, toBroker, toKubernetes, kubernetes, broker, postgres)) {
      part.close();
    }
  }
}
