package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.JsonClient.Answer;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** PostgreSQL is there, but locked, full, slow, or kept from cleaning up: R5 and R6. */
@Tag("faults")
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class DatabasePressureTest {

  private static final int MAX_CONNECTIONS = 50;
  private static final int CALLERS = 60;
  private static final int DRAINED = 20_000;

  private Stage stage;
  private LocalFleet fleet;

  @BeforeAll
  void start() throws Exception {
    stage = new Stage("max_connections=" + MAX_CONNECTIONS);
    fleet = stage.local("hyperfleet.roles=api,outbox", "hyperfleet.schedule.backoff.first=1h");
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void answersEverybodyWhileATableIsLocked() throws Exception {
    var usage = stage.usage();
    var id = fleet.createCluster("before-lock");
    var callers = Executors.newFixedThreadPool(CALLERS);
    List<Answer> answers;
    try (var locker = connection()) {
      locker.setAutoCommit(false);
      locker.createStatement().execute("lock table resources in access exclusive mode");
      var calls = IntStream.range(0, CALLERS).mapToObj(i -> CompletableFuture.supplyAsync(
          () -> i % 2 == 0 ? fleet.get("/clusters/" + id) : fleet.createClusterAnswer("locked-" + i), callers)).toList();

      answers = calls.stream().map(CompletableFuture::join).toList();
      assertThat(fleet.management("/healthz").status()).as("while it is still locked").isEqualTo(200);
      locker.rollback();
    } finally {
      callers.shutdownNow();
    }

    assertThat(answers).extracting(Answer::status).containsOnly(503);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After")).isPresent());
    await().until(() -> fleet.get("/clusters/" + id).status() == 200);
    assertHeals("after-lock", usage);
    Loops.measured("R5", "table locked, %d callers: all answered 503 while it was locked", CALLERS);
  }

  @Test
  void waitsForConnectionsThatOthersHaveTaken() throws Exception {
    var usage = stage.usage();
    var taken = new ArrayList<Connection>();
    try {
      while (takeOne(taken)) {
        // Until PostgreSQL has none left.
      }
      stage.toPostgres.cut();
      stage.toPostgres.mend();
      while (takeOne(taken)) {
        // Also those that the product had.
      }
      var answer = fleet.createClusterAnswer("no-connection");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    } finally {
      for (var connection : taken) {
        connection.close();
      }
    }
    assertHeals("after-connections", usage);
    Loops.measured("R5", "%d connections taken by others: 503, then served again", taken.size());
  }

  private boolean takeOne(List<Connection> taken) {
    try {
      taken.add(connection());
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void worksOnASlowConnection() throws Exception {
    var usage = stage.usage();
    stage.toPostgres.delay(Duration.ofMillis(40));
    try {
      var answers = IntStream.range(0, 10).mapToObj(i -> fleet.createClusterAnswer("slow-" + i).status()).toList();
      assertThat(answers).containsOnly(201);
      stage.awaitPublished();
    } finally {
      stage.toPostgres.mend();
    }
    assertHeals("after-slow", usage);
  }

  @Test
  void holdsNoLockWhileTheBrokerIsSilent() throws Exception {
    stage.toBroker.halfOpen();
    try {
      fleet.createCluster("no-lock");
      await().until(() -> stage.count("select count(*) from outbox where lease_id is not null") > 0);
      assertThat(stage.database.sql("select event_id from outbox where state = 'pending' for update nowait")
          .query().listOfRows()).isNotEmpty();
    } finally {
      stage.toBroker.mend();
    }
    stage.awaitPublished();
    stage.assertInvariants();
  }

  @Test
  void drainsWhileATransactionKeepsVacuumAway() throws Exception {
    var cluster = fleet.createCluster("drained");
    stage.awaitPublished();
    var normal = drain(cluster);
    try (var idle = connection()) {
      idle.setAutoCommit(false);
      idle.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      idle.createStatement().execute("select count(*) from outbox");
      for (int round = 1; round <= 3; round++) {
        var held = drain(cluster);
        Loops.measured("R6", "round %d with a transaction that has been open all the time: %.0f events a second, "
            + "%.0f %% of %.0f without", round, held, 100 * held / normal, normal);
      }
    }
    await().atMost(Stage.CONVERGENCE).until(() -> stage.count("select count(*) from outbox where state = 'published'")
        <= stage.events.events().stream().map(History.Event::id).distinct().count());
    stage.assertInvariants();
  }

  /** Events a second. */
  private double drain(String cluster) {
    long start = System.nanoTime();
    stage.database.sql("""
        insert into outbox (event_id, aggregate_type, aggregate_id, event_type, generation, reason, source, payload)
        select gen_random_uuid(), 'Cluster', :id, 'cluster.changed.v1', 1, 'test', 'manual',
          jsonb_build_object('id', :id, 'kind', 'Cluster', 'generation', 1)
        from generate_series(1, %d)""".formatted(DRAINED)).param("id", cluster).update();
    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).until(() ->
        stage.count("select count(*) from outbox where state = 'pending'") == 0);
    return DRAINED / ((System.nanoTime() - start) / 1e9);
  }

  @Test
  void answersUnavailableWhileTheDiskIsFull() throws Exception {
    var disk = Files.createTempDirectory("hyperfleet-small-disk");
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16m,mode=0777", "hyperfleet", disk.toString());
    Skips.unless(mounted, "R5 disk full", "this machine cannot mount a small file system (needs root and mount)");
    try {
      stage.database.sql("create tablespace small location '" + disk + "'").update();
      stage.database.sql("alter table outbox set tablespace small").update();
      stage.database.sql("create table filler (text text) tablespace small").update();
      fillUp();
      int created = 0;
      while (fleet.createClusterAnswer("disk-" + created).status() == 201) {
        created++;
      }
      var answer = fleet.createClusterAnswer("disk-" + created);
      assertThat(answer.status()).isEqualTo(503);
      stage.database.sql("drop table filler").update();
      assertHeals("after-disk", stage.usage());
      Loops.measured("R5", "disk full: 503 after %d creates that still found room, then served again", created);
    } finally {
      stage.database.sql("alter table outbox set tablespace pg_default").update();
      stage.database.sql("drop tablespace if exists small").update();
      run("umount", disk.toString());
      Files.delete(disk);
    }
  }

  private void fillUp() {
    try {
      while (true) {
        stage.database.sql("insert into filler select repeat('x', 2000) from generate_series(1, 500)").update();
      }
    } catch (org.springframework.dao.DataAccessException full) {
      // As wanted.
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(Path.of("/dev/null").toFile()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void assertHeals(String name, Usages usage) throws IOException {
    await().atMost(Stage.CONVERGENCE).until(() -> fleet.createClusterAnswer(name).status() != 503);
    stage.awaitPublished();
    await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(
        stage.events.events().stream().map(History.Event::id).toList()).containsAll(
            stage.database.sql("select event_id::text from outbox").query(String.class).list()));
    usage.settled();
    stage.assertInvariants();
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(stage.postgres.jdbcUrl());
  }
}
