package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What callers see while the connection to PostgreSQL is cut. */
@Tag("faults")
@TestPropertySource(properties = "spring.datasource.hikari.connection-timeout=750")
@DirtiesContext
class DatabaseAwayHttpIT extends ApiIT {

  private static final FaultProxy CONNECTION = new FaultProxy(
      URI.create(POSTGRES.jdbcUrl().substring("jdbc:".length())).getPort());

  @LocalManagementPort
  private int managementPort;

  @DynamicPropertySource
  static void throughTheProxy(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.hikari.jdbc-url",
        () -> POSTGRES.jdbcUrl().replaceFirst(":\\d+/", ":" + CONNECTION.port() + "/"));
  }

  @AfterEach
  void mend() {
    CONNECTION.mend();
    await().until(() -> get("/clusters").status() == 200);
  }

  @Test
  void answersUnavailableAndSaysNothingOfTheDriver() {
    var id = createCluster("before");
    CONNECTION.cut();

    assertUnavailable(get("/clusters"));
    assertUnavailable(get("/clusters?search=name%3D%27x%27&due=true"));
    assertUnavailable(get("/clusters/" + id));
    assertUnavailable(post("/clusters", cluster("demo")));
    assertUnavailable(patch("/clusters/" + id, "{\"spec\": {}}"));
    assertUnavailable(delete("/clusters/" + id));
    assertUnavailable(report(id, "dns", 1, "True"));
    assertUnavailable(post("/events", "{\"aggregate_id\": \"" + id + "\"}"));
    assertUnavailable(get("/events"));
    assertThat(post("/clusters", "").status()).as("what needs no database is answered").isEqualTo(400);
    assertThat(get("/openapi").status()).isEqualTo(200);
  }

  @Test
  void worksAgainOnceTheDatabaseIsBack() {
    createCluster("before");
    CONNECTION.cut();
    assertUnavailable(post("/clusters", cluster("during")));

    CONNECTION.mend();

    await().until(() -> post("/clusters", cluster("after")).status() == 201);
    assertThat(get("/clusters?order=name").at("/items").findValuesAsText("name")).containsExactly("after", "before");
  }

  /** A failover leaves one with a database that reads, for a while. */
  @Test
  void answersReadsAndRefusesWritesWhileTheDatabaseOnlyReads() {
    var id = createCluster("before");
    readOnly("on");
    try {
      await().until(() -> post("/clusters", cluster("during")).status() == 503);
      assertThat(get("/clusters/" + id).status()).isEqualTo(200);
      assertThat(get("/clusters?search=name%3D%27before%27").at("/total").asInt()).isEqualTo(1);
      assertThat(get("/clusters?due=true").status()).isEqualTo(200);
      assertThat(get("/events").status()).isEqualTo(200);
      assertUnavailable(post("/clusters", cluster("during")));
      assertUnavailable(patch("/clusters/" + id, "{\"spec\": {}}"));
      assertUnavailable(delete("/clusters/" + id));
      assertUnavailable(report(id, "dns", 1, "True"));
      assertUnavailable(post("/events", "{\"aggregate_id\": \"" + id + "\"}"));
      await().untilAsserted(() -> assertThat(ready()).contains("\"database\":\"database is read-only"));
    } finally {
      readOnly("off");
    }
    await().until(() -> post("/clusters", cluster("after")).status() == 201);
    await().untilAsserted(() -> assertThat(ready()).contains("\"database\":\"ok\""));
    assertThat(get("/clusters?order=name").at("/items").findValuesAsText("name")).containsExactly("after", "before");
  }

  private static void readOnly(String setting) {
    try (var connection = DriverManager.getConnection(POSTGRES.jdbcUrl(), POSTGRES.username(), POSTGRES.password());
        var statement = connection.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      statement.execute("alter system set default_transaction_read_only = " + setting);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ready() {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/readyz")).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * More than the pool has connections, and all of them wait for one row: that is a queue, not a database that is away.
   */
  @ParameterizedTest
  @ValueSource(ints = {64, 256})
  void takesEveryReportOfManyAtOnceOnOneCluster(int reports) throws Exception {
    var id = createCluster("busy");
    var callers = Executors.newFixedThreadPool(reports);
    try {
      var answers = callers.invokeAll(IntStream.range(0, reports)
          .<Callable<Integer>>mapToObj(i -> () -> report(id, "adapter-" + i % 64, 1, "True").status()).toList());
      for (var answer : answers) {
        assertThat(answer.get()).isIn(201, 204);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-SVC-001");
    assertThat(answer.response().body()).doesNotContainIgnoringCase("sql").doesNotContain("localhost")
        .doesNotContain("Connection").doesNotContain("jdbc");
  }
}
