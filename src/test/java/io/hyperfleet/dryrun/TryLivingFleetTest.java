package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code adapter try} with what an API has: resources by their URLs, and events that it has written. */
class TryLivingFleetTest extends CommandTest {

  private static final String BASE = "/api/hyperfleet/v1";
  private static final String EVENT = "0198f000-0000-7000-8000-00000000000%d";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    adapter("mine", "Cluster");
    answers.put(BASE + "/clusters/cls-9", """
        {"id": "cls-9", "kind": "Cluster", "name": "demo", "generation": 4, "spec": {"region": "eu"}, "adapter_statuses": [
        {"adapter": "dns", "observed_generation": 4, "conditions": [{"type": "Available", "status": "True"}],
         "last_definitive": {"status": "True", "observed_generation": 4, "data": {"dns": "demo.example.com"}}}]}""");
    answers.put(BASE + "/nodepools/np-1", """
        {"id": "np-1", "kind": "NodePool", "name": "workers", "generation": 2, "spec": {}, "adapter_statuses": [],
         "owner_references": {"id": "cls-9", "kind": "Cluster"}}""");
    event(1, "Cluster", "cls-9");
    event(2, "NodePool", "np-1");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
      var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "404");
      int status = answer.matches("\\d{3}") ? Integer.parseInt(answer) : 200;
      var body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void adapter(String name, String kind) throws IOException {
    write(name + "/adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: %s}
        spec:
          template: job-adapter
          for: %s
          manifest: job.yaml
          preconditions: {dns is available: "adapters.dns.available || event.kind == 'NodePool'"}
        """.formatted(name, kind));
    write(name + "/job.yaml", """
        apiVersion: batch/v1
        kind: Job
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: "run-in-${cluster.spec.region}", image: "busybox:1.36"}]}}}
        """);
  }

  private void event(int number, String kind, String id) {
    answers.put(BASE + "/events/" + EVENT.formatted(number), """
        {"event_id": "%s", "aggregate_type": "%s", "aggregate_id": "%s", "event_type": "%s.changed.v1", "generation": 1,
         "payload": {"id": "%s", "kind": "%s", "generation": 1}}""".formatted(EVENT.formatted(number), kind, id,
        kind.toLowerCase(), id, kind));
  }

  private String api() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private int tried(String adapter, String... more) {
    out.getBuffer().setLength(0);
    var args = new ArrayList<>(List.of("adapter", "try", directory.resolve(adapter).toString(), "--output", "json"));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void takesAClusterWithTheReportsAboutItAndAToken() throws IOException {
    var token = Files.writeString(directory.resolve("token"), "secret\n");

    assertThat(tried("mine", "--cluster", api() + BASE + "/clusters/cls-9", "--token-file", token.toString()))
        .as(out + "" + err).isZero();

    assertThat(json().at("/variables/adapters/dns/data/dns").asText()).isEqualTo("demo.example.com");
    assertThat(json().at("/changes/0/name").asText()).isEqualTo("mine-cls-9-gen4");
    assertThat(asked).containsExactly("Bearer secret " + BASE + "/clusters/cls-9?include=statuses");
  }

  @Test
  void takesAnEventAndItsResourceAsThatIsNow() throws IOException {
    assertThat(tried("mine", "--event", EVENT.formatted(1), "--api", api() + "/")).as(out + "" + err).isZero();

    assertThat(json().at("/event/event_id").asText()).isEqualTo(EVENT.formatted(1));
    assertThat(json().at("/event/generation").asInt()).as("as it was").isEqualTo(1);
    assertThat(json().at("/reports/0/body/observed_generation").asInt()).as("as it is now").isEqualTo(4);
    assertThat(asked).containsExactly("null " + BASE + "/events/" + EVENT.formatted(1),
        "null " + BASE + "/clusters/cls-9?include=statuses");
  }

  @Test
  void takesWhatIsOwnedWithItsOwner() throws IOException {
    adapter("pools", "NodePool");

    assertThat(tried("pools", "--event", EVENT.formatted(2), "--api", api() + BASE)).as(out + "" + err).isZero();
    assertThat(json().at("/changes/0/object/spec/template/spec/containers/0/name").asText()).isEqualTo("run-in-eu");
    assertThat(tried("pools", "--nodepool", api() + BASE + "/nodepools/np-1")).as(out + "" + err).isZero();
    assertThat(json().at("/variables/nodepool/name").asText()).isEqualTo("workers");
    assertThat(json().at("/variables/cluster/name").asText()).isEqualTo("demo");
  }

  @Test
  void saysInOneLineWhatCannotBeFetched() throws IOException {
    var token = Files.writeString(directory.resolve("token"), "hidden\ntoo");
    answers.put(BASE + "/clusters/no-json", "<html>");
    answers.put(BASE + "/clusters/no-object", "[1]");
    answers.put(BASE + "/clusters/no-resource", "{\"id\": 5}");
    answers.put(BASE + "/clusters/locked", "401");
    answers.put(BASE + "/clusters/busy", "503");
    event(3, "Cluster", "gone");
    event(4, "Volcano", "cls-9");
    answers.put(BASE + "/events/" + EVENT.formatted(5), "{\"id\": \"x\"}");
    var clusters = api() + BASE + "/clusters/";
    for (String[] wrong : new String[][]{
        {"no-json does not return a JSON object; use the URL of the HyperFleet API", "--cluster",
            clusters + "no-json"},
        {"no-object does not return a JSON object", "--cluster", clusters + "no-object"},
        {"no-resource: id: must be text", "--cluster", clusters + "no-resource"},
        {"/none: no such resource; use the URL of a cluster", "--cluster", clusters + "none"},
        {"answers 401; --token-file names the file with a token", "--cluster", clusters + "locked"},
        {"answers 503; the API must answer 200", "--cluster", clusters + "busy"},
        {"cannot be read: ", "--cluster", "http://localhost:1/clusters/x"},
        {"not the URL of an API: ", "--cluster", "http://local host/x"},
        {"not the URL of an API: ", "--cluster", "http:///x"},
        {"/token: not a bearer token; must be one line of visible ASCII", "--cluster", clusters + "cls-9",
            "--token-file", token.toString()},
        {"none: not a readable file with a bearer token", "--cluster", clusters + "cls-9", "--token-file",
            directory.resolve("none").toString()},
        {"/clusters/gone: no such resource", "--event", EVENT.formatted(3), "--api", api()},
        {"is about a Volcano; known kinds: Cluster, NodePool", "--event", EVENT.formatted(4), "--api",
            api()},
        {"not an event of the HyperFleet API", "--event", EVENT.formatted(5), "--api", api()},
        {"no such event; GET " + api() + BASE + "/events lists", "--event", EVENT.formatted(6), "--api",
            api()},
        {"not the URL of an API: ", "--event", EVENT.formatted(1), "--api", "localhost"},
        {"--event: http://localhost/x: must be a file, or the id of an event", "--event", "http://localhost/x"},
        {"none.json: file does not exist", "--event", "none.json"}}) {
      err.getBuffer().setLength(0);

      assertThat(tried("mine", Arrays.copyOfRange(wrong, 1, wrong.length))).as(wrong[0]).isEqualTo(2);

      assertThat(err.toString().lines()).as(wrong[0]).hasSize(1);
      assertThat(err.toString()).contains(wrong[0]).doesNotContain("\tat ", "hidden");
      assertThat(out.toString()).isEmpty();
    }
  }
}
