package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.util.FileSystemUtils;

/**
 * The commands of the first pages, on a HyperFleet that is started as those pages say, and what other pages ask it and
 * Kubernetes.
 */
@Timeout(300)
class GettingStartedIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Page PAGE = Page.of(Path.of("docs/getting-started.md"));
  private static final Page README = Page.of(Path.of("README.md"));

  @TempDir
  static Path directory;

  private static LocalFleet fleet;

  /** With all that the page's commands start it with; the API's port is any that is free. */
  @BeforeAll
  static void start() throws IOException {
    var properties = TestRunCommand.properties(PAGE);
    assertThat(properties).hasSize(5);
    var routes = copied();
    fleet = LocalFleet.start(properties.stream().filter(property -> !property.startsWith("server.port="))
        .map(property -> property.replace("=my-routes", "=" + routes)).toArray(String[]::new));
    await().until(() -> fleet.management("/readyz").status() == 200);
  }

  /** What {@code mkdir} and {@code cp} make. */
  private static Path copied() throws IOException {
    var made = Shell.words(PAGE.commands("mkdir").get(0), Map.of()).get(1);
    var copy = Shell.words(PAGE.commands("cp").get(0), Map.of());
    assertThat(copy.get(2)).isEqualTo(made + "/");
    var file = Path.of(copy.get(1));
    return Files.copy(file, Files.createDirectory(directory.resolve(made)).resolve(file.getFileName())).getParent();
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void everyCurlCommandIsAnsweredWithSuccess() throws Exception {
    var commands = PAGE.commands("curl");
    assertThat(commands).hasSizeGreaterThan(8);
    Map<String, String> variables = new HashMap<>(Map.of("API", fleet.apiUrl()));
    for (String command : commands) {
      var here = command.replace("localhost:8000", "localhost:" + fleet.apiPort())
          .replace("localhost:8080", "localhost:" + fleet.managementPort());
      var answer = HTTP.send(CurlCommand.request(here, variables), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s%n%s", here, answer.body()).isBetween(200, 299);
      if (answer.statusCode() == 201) {
        var created = new ObjectMapper().readTree(answer.body());
        if (created.get("kind").asText().equals("Cluster")) {
          variables.put("ID", created.get("id").asText());
        }
      }
    }
    assertThat(variables).containsKey("ID");
  }

  @Test
  void everyStatementShowsTheColumnsOfThePage() {
    var database = DataSourceBuilder.create().url(fleet.property("spring.datasource.url"))
        .username(fleet.property("spring.datasource.username")).password(fleet.property("spring.datasource.password"))
        .build();
    var psql = Shell.words(PAGE.commands("psql").get(0), Map.of());
    assertThat(psql).filteredOn(word -> word.startsWith("select ")).hasSize(2)
        .allSatisfy(statement -> new JdbcTemplate(database).query(statement, (ResultSetExtractor<Void>) rows -> {
          var columns = new ArrayList<String>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            columns.add(rows.getMetaData().getColumnName(i));
          }
          assertThat(PAGE.text().replaceAll(" +", " ")).contains(" " + String.join(" | ", columns) + " \n");
          return null;
        }));
    fleet.createCluster("counted");
    var statements = Page.all().stream().flatMap(page -> page.commands("select").stream()).toList();
    assertThat(statements).hasSize(1);
    assertThat(new JdbcTemplate(database).queryForList(statements.get(0))).hasSize(1);
  }

  @Test
  void everyKubectlCommandIsAnswered() throws IOException {
    Files.writeString(directory.resolve("password.txt"), "secret");
    Files.writeString(directory.resolve("ca.pem"), "a certificate");
    FileSystemUtils.copyRecursively(Path.of("examples/adapters/hello"), directory.resolve("audit-log"));
    var id = fleet.createCluster("shown");
    await().until(() -> fleet.phase(id).equals("Ready"));

    var commands = Page.all().stream().flatMap(page -> page.commands("kubectl").stream())
        .filter(command -> !CommandsTest.isNotRun(command)).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    for (String command : commands) {
      var shown = KubectlCommand.of(command, Map.of("PASSWORD", "of sixteen characters"), directory)
          .perform(fleet.kubernetes());
      assertThat(shown).as(command).isNotEmpty();
    }
    assertThat(
        fleet.kubernetes().secrets().inNamespace("hyperfleet-system").withName("hyperfleet-hawtio").get().getData())
        .containsKey("hyperfleet.management.hawtio.password");
    assertThat(fleet.kubernetes().configMaps().inNamespace("default").withName("adapter-audit-log").get().getData())
        .containsOnlyKeys("adapter.yaml", "job.yaml");
  }

  /** The README repeats the first two commands; both are run here, the start without the properties of later ones. */
  @Test
  void theReadmeRunsWhatThePageRuns() {
    assertThat(README.commands()).containsExactly("./mvnw spring-boot:test-run", "java examples/Timeline.java",
        "./mvnw verify");
    assertThat(PAGE.commands()).startsWith("./mvnw spring-boot:test-run", "java examples/Timeline.java");
    assertThat(PAGE.blocks("text").get(0).lines().map(line -> line.replaceFirst("^\\S+ +", "")).toList())
        .containsAll(README.blocks("text").stream().filter(block -> block.startsWith("00:00.0")).findFirst()
            .orElseThrow().lines().filter(line -> !line.equals("...")).map(line -> line.replaceFirst("^\\S+ +", ""))
            .toList());
  }

  @Test
  void theTimelineEndsWithReady() throws Exception {
    assertThat(PAGE.commands("java").stream().filter(command -> command.startsWith("java examples/Timeline.java")))
        .containsExactly("java examples/Timeline.java", "java examples/Timeline.java | grep -E \"hello|phase\"",
            "java examples/Timeline.java http://localhost:9000");
    var run = timeline("http://localhost:" + fleet.apiPort());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .startsWith("00:00.0  API         creates   my-cluster")
        .contains("event     generation 1  created (write)")
        .contains("validation  reports   generation 1  Applied=True Available=True (JobSucceeded) Health=True")
        .containsPattern("dns         reports .*dns=my-cluster\\S*\\.clusters\\.example\\.com")
        .containsPattern("hello       reports .* Available=True")
        .contains("API         phase     NotReady -> Ready");
  }

  /** An API whose first look shows a report, and whose second one an event that was earlier. */
  @Test
  void theTimelineIsInTheOrderOfTime() throws Exception {
    var api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var reported = new AtomicReference<Instant>();
    var looks = new AtomicInteger();
    api.createContext("/api/hyperfleet/v1/clusters",
        exchange -> answer(exchange, exchange.getRequestMethod().equals("POST")
            ? "{\"id\": \"1\", \"name\": \"my-cluster\", \"created_time\": \"%s\"}".formatted(Instant.now())
            : cluster(looks.incrementAndGet() > 1,
                reported.updateAndGet(time -> time == null ? Instant.now() : time))));
    api.createContext("/api/hyperfleet/v1/events", exchange -> answer(exchange, looks.get() < 2
        ? "{\"items\": []}"
        : """
        {"items": [{"event_id": "2", "generation": 1, "reason": "created", "source": "write", "created_time": "%s"}]}"""
            .formatted(reported.get().minusMillis(100))));
    api.start();
    try {
      var run = timeline("http://localhost:" + api.getAddress().getPort());
      assertThat(run.output().lines().map(line -> line.substring(21).split(" ")[0])).as(run.output())
          .containsExactly("creates", "event", "reports", "phase");
      assertThat(run.output().lines().map(line -> line.split(" ")[0])).isSorted();
    } finally {
      api.stop(0);
    }
  }

  private static String cluster(boolean ready, Instant reported) {
    return """
        {"status": {"phase": "%s"}, "adapter_statuses": [{"adapter": "dns", "observed_generation": 1, "data": {},
          "last_report_time": "%2$s", "conditions": [{"type": "Available", "status": "True", "reason": "Done",
          "message": "", "last_transition_time": "%2$s"}]}]}""".formatted(ready ? "Ready" : "NotReady", reported);
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void theTimelineFindsAnotherNameWhenItIsTaken() throws Exception {
    fleet.post("/clusters", "{\"kind\": \"Cluster\", \"name\": \"my-cluster\", \"spec\": {}}");

    var run = timeline(fleet.apiUrl(), "examples/cluster.json", "0");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).startsWith("00:00.0  API         creates   my-cluster-").contains("Not Ready within 0 s");
  }

  @Test
  void theTimelineSaysWhatToDoWithoutAnApi() throws Exception {
    var run = timeline("http://localhost:" + LocalFleet.freePort());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).startsWith("No answer from http://localhost:").contains("./mvnw spring-boot:test-run");
  }

  private record Run(int exitCode, String output) {}

  private static Run timeline(String... arguments) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "examples/Timeline.java"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var output = new String(process.getInputStream().readAllBytes());
      process.waitFor(60, TimeUnit.SECONDS);
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
