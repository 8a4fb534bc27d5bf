package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit before an upgrade, of folders and of what an API has stored. */
class LintCommandTest extends CommandTest {

  private static final String BASE = "/api/hyperfleet/v1/";
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            restartPolicy: Never
            hostNetwork: %s
            containers:
              - name: run
                image: busybox:1.36
      """;

  private final List<Map<String, Object>> clusters = new ArrayList<>();
  private final List<Map<String, Object>> nodePools = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    adapter("mine", "Cluster", "${cluster.spec.?net.orValue(false)}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
      var answer = JSON
          .writeValueAsBytes(answer(exchange.getRequestURI().getPath(), exchange.getRequestURI().getQuery()));
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Map<String, Object> answer(String path, String query) {
    var all = path.startsWith(BASE + "clusters") ? clusters : nodePools;
    if (path.equals(BASE + "clusters") || path.equals(BASE + "nodepools")) {
      int after = query.contains("after=") ? Integer.parseInt(query.replaceFirst(".*after=\\D*", "")) : -1;
      return Map.of("items", all.stream().skip(after + 1L).limit(50).map(one -> Map.of("id", one.get("id"))).toList());
    }
    return all.stream().filter(one -> path.endsWith("/" + one.get("id"))).findFirst().orElseThrow();
  }

  private void adapter(String name, String kind, String hostNetwork) throws IOException {
    write("adapters/" + name + "/job.yaml", JOB.formatted(hostNetwork));
    write("adapters/" + name + "/adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: %s}
        spec: {template: job-adapter, for: %s, manifest: job.yaml, appliesWhen: "!has(cluster.spec.none)"}
        """.formatted(name, kind));
  }

  private static Map<String, Object> resource(String id, Map<String, Object> spec, List<?> reports) {
    return Map.of("id", id, "name", id, "generation", 1, "spec", spec, "adapter_statuses", reports);
  }

  private int lint(String... args) {
    var all = new ArrayList<>(List.of("adapter", "lint"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private String adapters() {
    return directory.resolve("adapters").toString();
  }

  private String api() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Test
  void cleanFoldersEndWithZero() {
    assertThat(lint("--adapters", adapters())).isZero();
    assertThat(out.toString()).isEqualTo("1 folders: nothing would be rejected" + System.lineSeparator());
  }

  @Test
  void theBuiltInAdaptersAndTheExamplesAreClean() {
    assertThat(lint("src/main/resources/adapters", "examples/adapters")).as(out + "" + err).isZero();
  }

  @Test
  void namesFileLineAndKeyOfWhatFoldersDoWrong() throws IOException {
    adapter("bad", "Cluster", "true");

    assertThat(lint(adapters())).isEqualTo(3);
    assertThat(out.toString())
        .contains("bad/job.yaml:7: spec.template.spec.hostNetwork: needs the permission host-network; allowed "
            + "without it: false (hyperfleet.adapters.policy.permissions)")
        .contains("2 folders: 1 would be rejected");
  }

  @Test
  void judgesByTheOperatorsPolicy() throws IOException {
    adapter("bad", "Cluster", "true");
    var policy = Files.writeString(directory.resolve("application.yaml"), """
        hyperfleet.adapters.policy:
          adapters:
            bad: {permissions: [host-network]}
            mine: {pod-security: restricted}
        """);

    assertThat(lint(adapters(), "--policy", policy.toString(), "--output", "json")).isEqualTo(3);
    assertThat(json().at("/refusals")).isNotEmpty().allSatisfy(refusal -> {
      assertThat(refusal.path("adapter").asText()).isEqualTo("mine");
      assertThat(refusal.path("message").asText()).startsWith("pod-security is restricted: ");
    });
  }

  @Test
  void rendersTheManifestsOfEveryStoredResourceAndLooksAtItsReports() throws IOException {
    adapter("pools", "NodePool", "${cluster.spec.?net.orValue(false)}");
    IntStream.range(0, 120)
        .forEach(i -> clusters.add(resource("c-" + i, i == 117 ? Map.of("net", true) : Map.of(), List.of())));
    clusters.add(resource("c-120", Map.of("net", true, "none", true), List.of(Map.of("adapter", "a\"} 1\nx 2"))));
    clusters
        .add(resource("c-121", Map.of(), IntStream.range(0, 101).mapToObj(i -> Map.of("adapter", "a-" + i)).toList()));
    clusters
        .add(resource("c-122", Map.of(), List.of(Map.of("adapter", "a", "data", Map.of("x", "y".repeat(300_000))))));
    nodePools.add(Map.of("id", "p-0", "generation", 1, "spec", Map.of(), "owner_references", Map.of("id", "c-117")));
    var token = Files.writeString(directory.resolve("token"), "secret\n");

    assertThat(lint(adapters(), "--api", api() + "/", "--token-file", token.toString(), "--output", "json"))
        .as(err + "").isEqualTo(3);

    assertThat(json().path("resources").asInt()).isEqualTo(124);
    var lines = IntStream.range(0, json().path("refusals").size()).mapToObj(i -> json(i))
        .collect(Collectors.joining("\n"));
    assertThat(lines.split("\n")).hasSize(5);
    assertThat(lines).contains("Cluster c-117 mine spec.template.spec.hostNetwork needs the permission")
        .contains("NodePool p-0 pools spec.template.spec.hostNetwork needs the permission")
        .contains("the adapter's name is not allowed in reports").contains("101 adapters have reported")
        .contains("262144 are allowed");
    assertThat(asked).allMatch(line -> line.startsWith("Bearer secret "));
  }

  private String json(int index) {
    try {
      var refusal = json().path("refusals").path(index);
      return String.join(" ", refusal.path("kind").asText(), refusal.path("id").asText(),
          refusal.path("adapter").asText().replaceAll("\\n", "?"), refusal.path("path").asText(),
          refusal.path("message").asText());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void wrongInputsEndWithTwo() throws IOException {
    assertThat(lint()).isEqualTo(2);
    assertThat(lint(directory.resolve("none").toString())).isEqualTo(2);
    assertThat(lint(adapters(), "--policy", directory.resolve("none").toString())).isEqualTo(2);
    var misspelt = Files.writeString(directory.resolve("misspelt.yaml"),
        "hyperfleet.adapters.policy.pod-security: paranoid");
    assertThat(lint(adapters(), "--policy", misspelt.toString())).isEqualTo(2);
    var unknown = Files.writeString(directory.resolve("unknown.yaml"),
        "hyperfleet.adapters.policy.pod-securty: restricted");
    assertThat(lint(adapters(), "--policy", unknown.toString())).isEqualTo(2);
    assertThat(lint("--api", "http://localhost:1")).isEqualTo(2);
    assertThat(lint("--unknown")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to check").contains("not a readable directory")
        .contains("file does not exist")
        .contains("hyperfleet.adapters.policy.pod-security")
        .contains("[hyperfleet.adapters.policy.pod-securty]").contains("http://localhost:1/api/hyperfleet/v1/clusters");
  }

  @Test
  void helpSaysWhatThereIs() {
    assertThat(lint("--help")).isZero();
    assertThat(out.toString()).contains("--policy").contains("--api").contains("--token-file").contains("Exit code 3");
  }
}
