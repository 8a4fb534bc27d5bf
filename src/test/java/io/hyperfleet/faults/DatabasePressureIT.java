package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.History;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.faults.stage.Usages;
import io.hyperfleet.local.JsonClient.Answer;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
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
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;

/** PostgreSQL is there, but locked, full, slow, or kept from cleaning up: R5 and R6. */
@Tag("faults")
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class DatabasePressureIT {

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
          () -> i % 2 == 0 ? fleet.get("/clusters/" + id) : fleet.createClusterAnswer("locked-" + i), callers))
          .toList();

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
      stage.toPostgres.cut();
      await().until(() -> takeAll(taken) == MAX_CONNECTIONS);
      stage.toPostgres.mend();
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

  /** Takes connections while there are any, also those that the product had. */
  private int takeAll(List<Connection> taken) {
    try {
      while (true) {
        taken.add(connection());
      }
    } catch (SQLException e) {
      return taken.size();
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
    drain(cluster);
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
    await().atMost(Stage.CONVERGENCE)
        .until(() -> stage.count("select count(*) from outbox where state = 'published'") <= stage.events.events()
            .stream().map(History.Event::id).distinct().count());
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
    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50))
        .until(() -> stage.count("select count(*) from outbox where state = 'pending'") == 0);
    return DRAINED / ((System.nanoTime() - start) / 1e9);
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
