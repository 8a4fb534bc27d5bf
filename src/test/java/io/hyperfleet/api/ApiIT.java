package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hyperfleet.HyperFleetApplication;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.local.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The role api alone, over HTTP and a real PostgreSQL that all tests of this JVM share. Every test begins empty. */
@SpringBootTest(classes = HyperFleetApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
    "hyperfleet.roles=api",
    "hyperfleet.auth.enabled=false",
    // Contexts with other rules share the database.
    "hyperfleet.re-evaluation.pause=1h",
    "hyperfleet.fleet.interval=300ms",
    "hyperfleet.operations.poll-interval=200ms",
    "spring.config.additional-location=classpath:/kinds-under-test.yaml",
    "management.server.port=0",
    "spring.datasource.hikari.maximum-pool-size=20",
    // Longer than any pause of a slow machine: no caller of these tests is sent away because it was busy.
    "spring.datasource.hikari.connection-timeout=30000",
    "spring.datasource.hikari.data-source-properties.options=-c lock_timeout=25s -c statement_timeout=28s"
})
public abstract class ApiIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  protected static final LocalPostgres POSTGRES = LocalPostgres.start(0);

  static {
    // After the contexts that use it, each of which would wait for it for 20 s.
    SpringApplication.getShutdownHandlers().add(POSTGRES::close);
  }

  @Autowired
  protected JdbcClient jdbc;

  @Autowired
  protected ObjectMapper json;

  @Autowired
  private Announcements announcements;

  @LocalServerPort
  private int port;

  @DynamicPropertySource
  protected static void database(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", POSTGRES::jdbcUrl);
    registry.add("spring.datasource.username", POSTGRES::username);
    registry.add("spring.datasource.password", POSTGRES::password);
  }

  @BeforeEach
  protected void empty() {
    jdbc.sql("truncate resources, outbox cascade").update();
  }

  /** Forgets which adapters have been heard of, and what was done to the fleet. */
  protected void forgetAdapters() {
    // What was heard is written down first, so that it does not come later.
    announcements.refresh();
    jdbc.sql(
        "truncate announcers, announced_adapters, adapter_revisions, wanted_revisions, adapter_reports, operations, "
            + "resource_history, adapter_rollouts, rollout_resources, adapter_pins cascade")
        .update();
  }

  /** An answer: its status, headers and JSON body. */
  public record Answer(HttpResponse<String> response, JsonNode body) {

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public JsonNode at(String pointer) {
      return body.at(pointer);
    }

    public String text(String field) {
      return body.path(field).asText(null);
    }
  }

  protected int port() {
    return port;
  }

  protected Answer get(String path) {
    return send("GET", path, null);
  }

  protected Answer post(String path, String body) {
    return send("POST", path, body);
  }

  protected Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  protected Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** Sends a request below the base path, or to an absolute path that begins with two slashes. */
  protected Answer send(String method, String path, String body, String... headers) {
    var response = exchange(method, path, body, headers);
    try {
      return new Answer(response, response.body().isBlank()
          ? MissingNode.getInstance()
          : json.readTree(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  /** The same, for an answer that need not be JSON. */
  protected HttpResponse<String> exchange(String method, String path, String body, String... headers) {
    var absolute = path.startsWith("//") ? path.substring(1) : "/api/hyperfleet/v1" + path;
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + absolute))
        .timeout(Duration.ofSeconds(60))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a cluster and returns its id. */
  protected String createCluster(String name) {
    return post("/clusters", cluster(name)).text("id");
  }

  protected static String cluster(String name) {
    return resource("Cluster", name).replace("{}", "{\"region\": \"r1\"}");
  }

  /** A request for a resource with an empty spec. */
  protected static String resource(String kind, String name) {
    return "{\"kind\": \"" + kind + "\", \"name\": \"" + name + "\", \"spec\": {}}";
  }

  /** Creates a resource of any kind and returns its id. */
  protected String create(String path, String kind, String name) {
    var created = post(path, resource(kind, name));
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    return created.text("id");
  }

  /** Whether there is something at a path. */
  protected boolean exists(String path) {
    return get(path).status() == 200;
  }

  protected Answer report(String id, String adapter, int generation, String available) {
    return report(id, adapter, generation, available, Instant.now());
  }

  protected Answer report(String id, String adapter, int generation, String available, Instant time) {
    return send("PUT", "/clusters/" + id + "/statuses", reportBody(adapter, generation, available, time, ""));
  }

  /** A report that the adapter has cleaned up. */
  protected Answer reportFinalized(String id, String adapter, int generation) {
    return send("PUT", "/resources/" + id + "/statuses", reportBody(adapter, generation, "False", Instant.now(),
        ", {\"type\": \"Finalized\", \"status\": \"True\"}"));
  }

  protected void reportAll(String id, int generation, String available) {
    for (String adapter : new String[]{"validation", "dns", "placement", "hyperfleet"}) {
      report(id, adapter, generation, available);
    }
  }

  protected static String reportBody(String adapter, int generation, String available, Instant time,
      String moreConditions) {
    return """
        {"adapter": "%s", "observed_generation": %d, "observed_time": "%s",
         "conditions": [
           {"type": "Applied", "status": "True", "reason": "JobLaunched"},
           {"type": "Available", "status": "%s", "reason": "Tested"},
           {"type": "Health", "status": "True"}%s]}""".formatted(adapter, generation, time, available, moreConditions);
  }

  protected long outboxRows(String id) {
    return jdbc.sql("select count(*) from outbox where aggregate_id = ?").param(id).query(Long.class).single();
  }
}
