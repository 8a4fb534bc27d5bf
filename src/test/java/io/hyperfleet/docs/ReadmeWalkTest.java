package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's walk, taken on a HyperFleet that has the README's adapter. */
@Timeout(120)
class ReadmeWalkTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start("hyperfleet.adapters.location=examples/adapters",
        "hyperfleet.kinds.clusters.required-adapters=validation,dns,placement,hyperfleet,hello");
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void everyCurlCommandIsAnsweredWithSuccess() throws Exception {
    var commands = Page.of(Path.of("README.md")).blocks("bash").stream()
        .flatMap(block -> CurlCommand.in(block).stream()).toList();
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
  void theTimelineEndsWithReady() throws Exception {
    var run = timeline(fleet.apiUrl());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .startsWith("00:00.0  API         creates   my-cluster")
        .contains("event     generation 1  created (write)")
        .contains("validation  reports   generation 1  Applied=True Available=True (JobSucceeded) Health=True")
        .containsPattern("dns         reports .*dns=my-cluster\\S*\\.clusters\\.example\\.com")
        .containsPattern("hello       reports .* Available=True")
        .contains("API         phase     NotReady -> Ready");
    assertThat(run.output().lines().map(line -> line.split(" ")[0]).filter(time -> !time.isEmpty())).isSorted();
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
