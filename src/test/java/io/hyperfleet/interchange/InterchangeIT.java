package io.hyperfleet.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.local.LocalFleet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients and adapters of HyperFleet's other parts do to a fleet of ours, and what the doctor finds in it. */
class InterchangeIT {

  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start("hyperfleet.adapters.enabled=validation,dns,machines",
        "hyperfleet.kinds.clusters.required-adapters=validation,dns");
    await().until(() -> fleet.management("/readyz").status() == 200);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  private static String readyCluster(String name) {
    var cluster = fleet.createCluster(name);
    await().until(() -> fleet.phase(cluster).equals("Ready"));
    return cluster;
  }

  private static JsonNode status(String cluster) {
    return fleet.get("/clusters/" + cluster).body().path("status");
  }

  private static Map<String, String> reportTimes(String cluster) {
    return StreamSupport
        .stream(fleet.get("/clusters/" + cluster + "/statuses").body().path("items").spliterator(), false)
        .collect(
            Collectors.toMap(item -> item.path("adapter").asText(), item -> item.path("last_report_time").asText()));
  }

  @Test
  void anEventAloneKeepsAReadyClusterReady() {
    var cluster = readyCluster("looked-at");
    var since = status(cluster).path("last_transition_time").asText();
    var before = reportTimes(cluster);

    var answer = fleet.post("/events",
        "{\"aggregate_type\": \"Cluster\", \"aggregate_id\": \"" + cluster + "\", \"reason\": \"by hand\"}");

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    await().until(() -> reportTimes(cluster).entrySet().stream()
        .noneMatch(report -> report.getValue().equals(before.get(report.getKey()))));
    assertThat(status(cluster).path("phase").asText()).isEqualTo("Ready");
    assertThat(status(cluster).path("last_transition_time").asText()).as("it was Ready all the time").isEqualTo(since);
  }

  /** As adapters of the Go framework report where they do not look, and where they fail. */
  @ParameterizedTest
  @CsvSource({"skipped, ResourcesSkipped, Ready", "failed, ExecutionFailed:resources, NotReady"})
  void anAdapterThatSkippedTakesNothingBack(String name, String health, String phase) {
    var cluster = readyCluster(name);

    var answer = fleet.put("/clusters/" + cluster + "/statuses", """
        {"adapter": "dns", "observed_generation": 1, "observed_time": "%s", "conditions": [
          {"type": "Applied", "status": "False", "reason": "JobPending"},
          {"type": "Available", "status": "False", "reason": "JobPending"},
          {"type": "Health", "status": "False", "reason": "%s"},
          {"type": "Finalized", "status": "False", "reason": "NotDeleting"}]}""".formatted(Instant.now(), health));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    // The adapter of this fleet puts right what was said in its name; the transition stays visible.
    assertThat(status(cluster).path("phase").asText()).isEqualTo(phase);
  }

  @Test
  void aNodePoolThatGoesLeavesItsClusterReady() {
    var cluster = readyCluster("with-pools");
    var pool = fleet.post("/clusters/" + cluster + "/nodepools",
        "{\"kind\":\"NodePool\",\"name\":\"pool-1\",\"spec\":{}}").body().path("id").asText();
    await().until(() -> fleet.get("/nodepools/" + pool).body().at("/status/phase").asText().equals("Ready"));
    var before = status(cluster);

    fleet.delete("/nodepools/" + pool);
    await().until(() -> fleet.get("/nodepools/" + pool).status() == 404);

    assertThat(status(cluster)).isEqualTo(before);
    assertThat(fleet.get("/events?aggregate_id=" + cluster).body().path("items").findValuesAsText("reason"))
        .isNotEmpty().doesNotContain("child-removed");
  }

  /** The requests of HyperFleet's command line for node pools, one after the other. */
  @Test
  void servesTheNodePoolsOfTheOtherCommandLine() {
    var cluster = readyCluster("by-hf");
    var base = "/clusters/" + cluster + "/nodepools";
    var created = fleet.post(base, """
        {"kind": "NodePool", "name": "my-nodepool-1", "labels": {"counter": "1"},
         "spec": {"counter": "1", "platform": {"type": "m4"}, "replicas": 1}}""");
    assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
    var pool = base + "/" + created.body().path("id").asText();

    assertThat(fleet.get(base).body().path("items")).hasSize(1);
    for (String search : List.of("name='my-nodepool-1'", "name == \"my-nodepool-1\"", "labels.counter in ['1',]")) {
      assertThat(fleet.get(base + "?search=" + URLEncoder.encode(search, StandardCharsets.UTF_8)).body()
          .at("/items/0/name").asText()).as(search).isEqualTo("my-nodepool-1");
    }
    assertThat(patch(pool, "{\"spec\": {\"counter\": \"2\", \"platform\": {\"type\": \"m4\"}, \"replicas\": 1}}"))
        .isEqualTo(2);
    assertThat(patch(pool, "{\"labels\": {\"counter\": \"2\"}}")).isEqualTo(3);
    var posted = fleet.post(pool + "/statuses",
        """
        {"adapter": "by-hand", "observed_generation": 3, "observed_time": "%1$s", "conditions": [
          {"type": "Available", "status": "True", "reason": "ManualStatusPost", "message": "m", "last_transition_time": "%1$s"},
          {"type": "Applied", "status": "True", "reason": "ManualStatusPost", "message": "m", "last_transition_time": "%1$s"},
          {"type": "Health", "status": "True", "reason": "ManualStatusPost", "message": "m", "last_transition_time": "%1$s"}]}"""
            .formatted(Instant.now()));
    assertThat(posted.status()).as("%s", posted.body()).isEqualTo(201);
    for (String name : List.of("/statuses", "/adapter-statuses")) {
      assertThat(fleet.get(pool + name).body().path("items").findValuesAsText("adapter")).as(name).contains("by-hand");
    }
    var deleted = fleet.delete(pool);
    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.body().path("deleted_time").isTextual()).isTrue();
  }

  private static int patch(String path, String body) {
    return fleet.patch(path, body).body().path("generation").asInt();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      api        | hyperfleet.api.base-url=http://localhost:1                       | start it, or check hyperfleet.api.base-url
      api        | hyperfleet.api.base-url=localhost                                | is not a URL; it must begin with http
      api        | hyperfleet.api.base-url=MANAGEMENT                               | not a HyperFleet API
      api        | hyperfleet.api.token-file=/nowhere                               | hyperfleet.api.token-file: /nowhere cannot be read
      broker     | hyperfleet.broker.emulator-host=localhost:1                      | does not answer
      broker     | hyperfleet.broker.project-id=elsewhere                           | has no topic hyperfleet.
      broker     | hyperfleet.broker.request-timeout=soon                           | hyperfleet.broker
      database   | spring.datasource.url=                                           | not configured: set SPRING_DATASOURCE_URL
      database   | spring.datasource.url=jdbc:mysql://localhost/x                   | is not a PostgreSQL URL
      database   | spring.datasource.url=jdbc:postgresql://localhost:1/hyperfleet   | does not answer
      database   | spring.datasource.url=POSTGRES/nothing                           | has no such database
      database   | spring.datasource.url=POSTGRES/template1                         | has no HyperFleet schema yet
      database   | spring.datasource.username=nobody                                | rejects the user 'nobody'
      kubernetes | hyperfleet.kubernetes.kubeconfig=/nowhere                        | /nowhere cannot be read
      """)
  void theDoctorSaysWhatIsWrong(String part, String setting, String message) {
    var postgres = fleet.property("spring.datasource.url").replaceFirst("/[^/]*$", "");
    var said = doctor(part, "--" + setting.replace("POSTGRES", postgres)
        .replace("MANAGEMENT", "http://localhost:" + fleet.managementPort()));

    assertThat(said).startsWith("1\nWRONG  " + part).contains(message);
    assertThat(said.lines()).hasSize(2);
  }

  @Test
  void theDoctorFindsAllWell() {
    var said = doctor();

    assertThat(said.lines()).hasSize(5).element(0).isEqualTo("0");
    assertThat(said).contains("ok     api         " + fleet.apiUrl().replace("/api/hyperfleet/v1", "") + ", version ",
        "ok     broker ", "topics hyperfleet.", "ok     database ", "schema version ", "ok     kubernetes ");
    fleet.localKubernetes().pause();
    try {
      assertThat(doctor("kubernetes")).startsWith("1\nWRONG  kubernetes").contains("does not answer");
    } finally {
      fleet.localKubernetes().resume();
    }
    assertThat(doctor("doctrine")).startsWith("2");
    assertThat(doctor("api", "--loud")).startsWith("2").contains("set keys with --key=value");
  }

  private static String doctor(String... more) {
    var arguments = new ArrayList<>(List.of("config", "doctor"));
    var given = List.of(more);
    for (String key : List.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
        "hyperfleet.broker.emulator-host", "hyperfleet.kubernetes.kubeconfig", "hyperfleet.api.base-url")) {
      if (given.stream().noneMatch(one -> one.startsWith("--" + key + "="))) {
        arguments.add("--" + key + "=" + fleet.property(key).replaceFirst("\\?.*$", ""));
      }
    }
    arguments.addAll(given);
    var out = new StringWriter();
    int code = HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(out, true),
        arguments.toArray(String[]::new));
    return code + "\n" + out;
  }
}
