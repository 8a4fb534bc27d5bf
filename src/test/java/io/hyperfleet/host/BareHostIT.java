package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.HyperFleetApplication;
import io.hyperfleet.docs.Page;
import io.hyperfleet.local.JsonClient;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalPostgres;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.contract.GoogleEmulator;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start of the jar as docs/getting-started.md shows it, in a process that has the page's variables and nothing
 * else; and starts that cannot succeed.
 */
class BareHostIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir
  Path folder;

  private final JsonClient json = new JsonClient();

  @Test
  void variablesOfGettingStartedBringAClusterToReady() throws Exception {
    var emulator = GoogleEmulator.find();
    if (emulator.isEmpty()) {
      System.out
          .println("SKIPPED: the start of the jar with Google's emulator, it takes the local Pub/Sub server instead. "
              + GoogleEmulator.NOT_FOUND);
    }
    try (var postgres = LocalPostgres.start(0);
        var google = emulator.orElse(null);
        var local = google == null ? LocalPubSub.start(0) : null;
        var kubernetes = LocalKubernetes.start(LocalKubernetes.Settings.instant())) {
      kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
      int port = LocalFleet.freePort();
      int management = LocalFleet.freePort();
      var variables = exported();
      variables.replace("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
      variables.replace("SPRING_DATASOURCE_USERNAME", postgres.username());
      variables.replace("PUBSUB_EMULATOR_HOST", google == null ? local.endpoint() : google.endpoint());
      variables.replace("KUBECONFIG", folder.resolve("kubeconfig").toString());
      var ports = Map.of("SERVER_PORT", String.valueOf(port), "MANAGEMENT_SERVER_PORT", String.valueOf(management),
          "HYPERFLEET_API_BASEURL", "http://localhost:" + port);
      variables.putAll(ports);

      var process = start("first", variables);
      try {
        await().atMost(PATIENCE).until(() -> readyz(process, management).equals("ok"));
        var api = "http://localhost:" + port + "/api/hyperfleet/v1/clusters";
        var id = json.send(api, "POST", Files.readString(Path.of("examples/cluster.json"))).body().required("id")
            .asText();
        await().atMost(PATIENCE)
            .until(() -> json.send(api + "/" + id, "GET", null).body().at("/status/phase").asText().equals("Ready"));
        assertThat(log("first")).doesNotContain("\tat ");

        // Its ports are taken now.
        assertThat(end(start("second", variables))).isEqualTo(1);
        assertThat(log("second"))
            .contains("is already in use: stop the process that listens on it, or choose another one with ")
            .contains("server.port").doesNotContain("\tat ");

        postgres.stop("immediate");
        await().until(() -> readyz(process, management).contains("spring.datasource.url"));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private String readyz(Process process, int management) {
    assertThat(process.isAlive()).as("see %s", folder).isTrue();
    try {
      var body = json.send("http://localhost:" + management + "/readyz", "GET", null).body();
      return body.path("status").asText().equals("ok") ? "ok" : body.path("reason").asText();
    } catch (IllegalStateException e) {
      return "no answer";
    }
  }

  /** What the page exports. */
  private static Map<String, String> exported() {
    return Page.of(Path.of("docs/getting-started.md")).commands("export").stream()
        .map(command -> command.substring("export ".length()).split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one, LinkedHashMap::new));
  }

  @Test
  void whatIsMissingIsToldWithoutATrace() throws Exception {
    assertThat(end(start("nothing", Map.of("KUBECONFIG", folder.resolve("none").toString())))).isEqualTo(1);
    assertThat(log("nothing"))
        .contains("spring.datasource.url is not set", "hyperfleet.auth.issuers is not set", "KUBECONFIG names ")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void helpAndUnknownCommandsEndAtOnce() throws Exception {
    for (var arguments : List.of(List.of("--help"), List.of("-h"), List.of("help"),
        List.of("--server.port=1", "--help"))) {
      assertThat(end(start("help", Map.of(), arguments.toArray(String[]::new)))).isZero();
      assertThat(log("help"))
          .contains("Usage: java -jar hyperfleet.jar", "dry-run", "test-adapter", "adapter", "migrate",
              "SPRING_DATASOURCE_URL", "HYPERFLEET_AUTH_ENABLED=false", "docs/configuration.md")
          .doesNotContain("Spring");
    }
    assertThat(end(start("migrate", Map.of(), "migrate", "--help"))).isZero();
    assertThat(log("migrate")).contains("Usage: java -jar hyperfleet.jar migrate").doesNotContain("INFO");
    assertThat(end(start("unknown", Map.of(), "strat"))).isEqualTo(2);
    assertThat(log("unknown"))
        .contains("Unknown command 'strat'; java -jar hyperfleet.jar --help lists those that there are.");
  }

  private Process start(String name, Map<String, String> variables, String... arguments) throws IOException {
    // What the jar does not hold is not on the path either.
    var path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes")).collect(Collectors.joining(File.pathSeparator));
    var command = Stream
        .concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
            "-XX:TieredStopAtLevel=1", "-cp", path, HyperFleetApplication.class.getName()), Stream.of(arguments))
        .toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name).toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
