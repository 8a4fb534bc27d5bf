package io.hyperfleet.cli;

import static io.hyperfleet.cli.StubApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.cli.StubApi.Answer;
import io.hyperfleet.dryrun.HyperFleetCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The commands on a fleet, against an API that says what no real one can be made to say. */
@Tag("long")
class FleetCommandsTest {

  private static final String ID = "01a22d0b-f54f-7000-a674-87991d6c2076";
  /** Hostile things of each kind in an answer. */
  private static final int MANY = 30;
  private static final Pattern BEHIND = Pattern.compile("id > '([^']+)'");

  private static ObjectNode cluster(String id, String name) {
    var cluster = StubApi.JSON.createObjectNode().put("id", id).put("kind", "Cluster").put("name", name)
        .put("generation", 1).put("created_time", Instant.now().minusSeconds(3600).toString());
    var status = cluster.putObject("status").put("phase", "NotReady");
    status.putArray("conditions").addObject().put("type", "Reconciled").put("status", "False")
        .put("message", "validation failed with JobFailed: no quota")
        .put("last_transition_time", Instant.now().minusSeconds(120).toString());
    return cluster;
  }

  private static JsonNode list(JsonNode... items) {
    var list = StubApi.JSON.createObjectNode().put("total", items.length);
    list.putArray("items").addAll(List.of(items));
    return list;
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "401, 5", "403, 5", "404, 4", "405, 2", "409, 6", "413, 2", "422, 2", "429, 7", "500, 7",
      "502, 7",
      "503, 7", "307, 2"})
  void theExitCodeTellsKindsOfErrorsApart(int status, int exit) {
    var problem = "{\"status\": " + status + ", \"code\": \"HYPERFLEET-X\", \"detail\": \"what is wrong\", "
        + "\"errors\": [{\"field\": \"spec\", \"message\": \"spec must be there\"}]}";
    try (var api = new StubApi((method, path) -> new Answer(status, problem))) {
      var all = List.of("get clusters", "get clusters " + ID, "get fleet", "get adapters",
          "describe cluster " + ID,
          "events", "events cluster " + ID, "retry cluster " + ID + " dns", "pause cluster " + ID,
          "resume cluster " + ID,
          "wait cluster " + ID + " --timeout 1ms", "outbox dead", "outbox retry " + ID,
          "adapter rollout dns", "adapter halt dns", "adapter resume dns", "adapter rollback dns",
          "adapter rollback dns --to 01");
      for (var command : status == 409 || status == 503 ? all : all.subList(7, 9)) {
        var run = api.run(command.split(" "));
        assertThat(run.exit()).as(command + run).isEqualTo(exit);
        if (status != 307 && run.err().indexOf("nothing of the name") < 0) {
          assertThat(run.err()).as(command).contains("what is wrong", "HYPERFLEET-X", "spec must be there");
        }
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
      }
    }
  }

  @Test
  void saysWhereItAskedWhenNobodyAnswers() {
    for (var url : List.of("http://localhost:1", "http://no.such.host.invalid")) {
      var run = StubApi.ask(url, "get", "clusters");
      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.err()).contains(url, "--server");
    }
    try (var api = new StubApi((method, path) -> new Answer(200, "<html>welcome</html>"))) {
      var run = api.run("get", "clusters");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("does not return JSON", "use the URL of the HyperFleet API");
    }
  }

  /** Names, messages and whatever else comes from the API, in every command and form. */
  @Test
  void noTextOfTheApiReachesTheTerminalAsMoreThanText() throws Exception {
    var random = new Random(22);
    try (var api = new StubApi((method, path) -> new Answer(500, ""))) {
      for (int i = 0; i < 10; i++) {
        var cluster = hostile(cluster(ID, "x"), random);
        var answer = i % 5 == 4
            ? new Answer(409, problem(random).toString())
            : ok(wrapped(cluster, random));
        api.use((method, path) -> path.startsWith("/openapi") ? ok(list()) : answer);
        for (var command : List.of("get clusters", "get clusters -o wide", "get clusters -o json",
            "get clusters -o yaml",
            "get fleet", "get adapters", "get adapters -o wide", "get adapters x -o yaml", "describe cluster " + ID,
            "describe cluster " + ID + " --all", "describe cluster " + ID + " -o json", "events",
            "events cluster " + ID,
            "retry cluster " + ID + " dns", "pause cluster " + ID, "outbox dead", "outbox dead -o yaml",
            "adapter rollout x", "adapter rollout x -o yaml", "adapter halt x", "adapter rollback x",
            "wait cluster " + ID + " --timeout 1ms")) {
          var run = api.run(command.split(" "));
          var printed = run.out() + run.err();
          assertThat(printed.codePoints().filter(point -> point != '\n')).as("%s: %s", command, printed)
              .allMatch(TerminalText::visible);
          assertThat(run.err()).as(command).doesNotContain("\tat ");
          if (run.exit() == 0 && command.endsWith("json")) {
            assertThat(StubApi.JSON.readTree(run.out()).toString()).contains(StubApi.JSON.writeValueAsString(
                cluster.path("name").asText()));
          }
          if (run.exit() == 0 && command.equals("get clusters -o yaml")) {
            assertThat(new Yaml(new LoaderOptions()).<Object>load(run.out()).toString())
                .contains(cluster.path("name").asText());
          }
        }
      }
    }
  }

  @Test
  void showsTheEndOfAnOperationThatHasEndedAtOnce() throws Exception {
    var ended = ok(StubApi.JSON.readTree("""
        {"id": "%s", "state": "done", "matched": 0, "handled": 0, "succeeded": 0, "skipped": 0, "failed": 0}"""
        .formatted(ID)));
    try (var api = new StubApi((method, path) -> path.startsWith("/openapi") ? ok(list()) : ended)) {
      assertThat(api.run("operations", "start", "reconcile", "clusters", "--wait").out()).isEqualTo("""
          %s has started for 0 resources
          done: 0 of 0, 0 succeeded, 0 skipped, 0 failed
          """.formatted(ID));
    }
  }

  /** What is copied into a shell is what the API cannot write. */
  @Test
  void hintsHoldNoWordsOfOthers() {
    var random = new Random(23);
    try (var api = new StubApi((method, path) -> new Answer(500, ""))) {
      for (int i = 0; i < 30; i++) {
        var cluster = hostile(cluster(ID, "x"), random);
        api.use((method, path) -> ok(wrapped(cluster, random)));
        var run = api.run("describe", "cluster", ID, "--all");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(
            run.out().lines().filter(line -> line.matches("[|` -]*(do|look): .*(kubectl|retry|resume|describe) .*")))
            .allMatch(line -> line.matches("[|` ]*(do|look): +[A-Za-z0-9 ./:=<>-]+"));
      }
    }
  }

  private static ObjectNode hostile(ObjectNode cluster, Random random) {
    cluster.put("name", wellFormed(HostileText.of(random)));
    cluster.put("paused", random.nextBoolean()).put("paused_by", wellFormed(HostileText.of(random)));
    cluster.putObject("labels").put(wellFormed(HostileText.of(random)), wellFormed(HostileText.of(random)));
    ((ObjectNode) cluster.at("/status/conditions/0")).put("message", wellFormed(HostileText.of(random)))
        .put("last_transition_time", wellFormed(HostileText.of(random)));
    var reports = cluster.putArray("adapter_statuses");
    for (int i = 0; i < MANY; i++) {
      report(reports.addObject(), random);
    }
    return cluster;
  }

  private static void report(ObjectNode report, Random random) {
    report.put("adapter", wellFormed(HostileText.of(random))).put("observed_generation", random.nextInt(3) > 0 ? 1 : 0);
    report.putArray("conditions").addObject().put("type", "Available")
        .put("status", List.of("True", "False", "Unknown", wellFormed(HostileText.of(random))).get(random.nextInt(4)))
        .put("reason", wellFormed(HostileText.of(random))).put("message", wellFormed(HostileText.of(random)))
        .put("last_transition_time", Instant.now().toString());
    report.putObject("metadata").put("job_name", wellFormed(HostileText.of(random)))
        .put("job_namespace", wellFormed(HostileText.of(random)));
    report.putArray("launched").addObject().put("object", "Job x").put("generation", 1);
  }

  /** Half of a pair is no text of JSON that every reader takes. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** An object that is the answer to every question: a resource, a list, an adapter, the fleet, a history. */
  private static ObjectNode wrapped(ObjectNode cluster, Random random) {
    var answer = cluster.deepCopy();
    var items = new ArrayList<JsonNode>();
    for (int i = 0; i < MANY; i++) {
      items.add(item(answer, i == 0 ? cluster.deepCopy() : hostile(cluster(ID, "x"), random), random));
    }
    for (var list : List.of("items", "kinds", "oldest_not_ready", "adapters", "broken_definitions")) {
      answer.putArray(list).addAll(items);
    }
    return answer;
  }

  private static ObjectNode item(ObjectNode answer, ObjectNode item, Random random) {
    for (var field : List.of("aggregate_type", "aggregate_id", "reason", "source", "event_id", "last_error", "type",
        "adapter", "by", "action", "time", "template", "revision", "message", "since", "kind", "status_word")) {
      item.put(field, wellFormed(HostileText.of(random)));
      if (!answer.has(field)) {
        answer.put(field, wellFormed(HostileText.of(random)));
      }
    }
    var rollout = item.putObject("rollout");
    for (var field : List.of("state", "reason", "from_revision", "to_revision", "held_revision", "next_wave_time",
        "moved", "since", "wave")) {
      rollout.put(field, wellFormed(HostileText.of(random)));
    }
    answer.set("rollout", rollout.deepCopy());
    item.put("wanted_revision", wellFormed(HostileText.of(random)));
    item.put("id", ID).put("suspended", random.nextBoolean());
    item.putArray("kinds").add(wellFormed(HostileText.of(random)));
    item.putArray("required_by").add("Cluster");
    ArrayNode broken = item.putArray("broken");
    broken.addObject().put("file", wellFormed(HostileText.of(random))).put("message",
        wellFormed(HostileText.of(random)));
    answer.set("broken", broken.deepCopy());
    return item;
  }

  private static ObjectNode problem(Random random) {
    var problem = StubApi.JSON.createObjectNode().put("detail", wellFormed(HostileText.of(random)))
        .put("code", wellFormed(HostileText.of(random)));
    problem.putArray("errors").addObject().put("message", wellFormed(HostileText.of(random)));
    return problem;
  }

  /** Counts instead of keeping. */
  private static final class Lines extends Writer {

    private final AtomicLong lines = new AtomicLong();

    @Override
    public void write(char[] text, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (text[i] == '\n') {
          lines.incrementAndGet();
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "wide", "json", "yaml"})
  void listsTenThousandClustersAPageAtATime(String format) {
    int total = 10_000;
    var lines = new Lines();
    var held = new AtomicLong();
    var asked = new AtomicLong();
    try (var api = new StubApi((method, path) -> {
      var behind = BEHIND.matcher(path);
      assertThat(behind.find()).isTrue();
      long after = UUID.fromString(behind.group(1)).getLeastSignificantBits();
      // What has been asked for so far has been printed, but for the rows that say how wide columns are.
      held.accumulateAndGet(after - lines.lines.get(), Math::max);
      asked.incrementAndGet();
      var page = StubApi.JSON.createObjectNode();
      var items = page.putArray("items");
      for (long i = after + 1; i <= Math.min(total, after + 100); i++) {
        items.add(cluster(new UUID(0, i).toString(), "c-" + i));
      }
      return ok(page);
    })) {
      int exit = HyperFleetCommands.run(new PrintWriter(lines), new PrintWriter(new StringWriter()), "get", "clusters",
          "-o", format, "--server", api.url());
      assertThat(exit).isZero();
      assertThat(asked).hasValue(total / 100 + 1);
      assertThat(held.get()).isLessThan(400);
      assertThat(lines.lines.get()).isGreaterThanOrEqualTo(total);
    }
  }

  @Test
  void anApiThatAnswersTheSamePageForEverIsLeft() {
    var items = new JsonNode[100];
    Arrays.fill(items, cluster(ID, "x"));
    try (var api = new StubApi((method, path) -> ok(list(items)))) {
      var run = api.run("get", "clusters");
      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.err()).contains("pages out of order");
    }
  }

  @Test
  void anAmbiguousNameSaysTheIds() {
    var one = cluster("01a22d0b-0000-7000-8000-000000000001", "pool");
    one.putObject("owner_references").put("kind", "Cluster").put("id", ID);
    var other = cluster("01a22d0b-0000-7000-8000-000000000002", "pool");
    try (var api = new StubApi((method, path) -> ok(list(one, other)))) {
      var run = api.run("describe", "nodepool", "pool");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("is the name of 2 nodepools",
          "01a22d0b-0000-7000-8000-000000000001 of Cluster " + ID, "01a22d0b-0000-7000-8000-000000000002");
    }
  }

  @Test
  void aNameIsOneTextOfTheSearchWhateverItHolds() {
    var random = new Random(24);
    try (var api = new StubApi((method, path) -> ok(list()))) {
      for (int i = 0; i < 40; i++) {
        var name = "n" + wellFormed(HostileText.of(random));
        var run = api.run("describe", "cluster", name);
        assertThat(run.exit()).as(name).isEqualTo(4);
        var search = api.asked().get(api.asked().size() - 1).replaceFirst("(?s).*&search=", "");
        assertThat(search).isEqualTo("name = '" + name.replace("'", "''") + "'");
      }
      assertThat(api.run("get", "clusters", "-l", "a'b=c").exit()).isEqualTo(2);
      assertThat(api.run("get", "clusters", "-l", "shard").err()).contains("must be key=value");
    }
  }

  @Test
  void watchDrawsAnewUntilItIsInterrupted() throws Exception {
    var out = new StringWriter();
    try (var api = new StubApi((method, path) -> ok(list(cluster(ID, "demo"))))) {
      var exit = new AtomicLong(-1);
      var watching = new Thread(() -> exit.set(HyperFleetCommands.run(new PrintWriter(out, true),
          new PrintWriter(new StringWriter()), "get", "clusters", "--watch", "--server", api.url())));
      watching.start();
      await().until(() -> api.asked().size() >= 2);
      await().until(() -> Pattern.compile("demo +NotReady").matcher(out.toString()).results().count() >= 2);
      watching.interrupt();
      watching.join(10_000);
      assertThat(exit).hasValue(0);
      assertThat(api.run("get", "clusters", "-w", "-o", "json").exit()).isEqualTo(2);
    }
  }

  @Test
  void waitOutlastsAnApiThatIsAway() {
    var calls = new AtomicLong();
    try (var api = new StubApi((method, path) -> {
      if (calls.incrementAndGet() == 1) {
        return new Answer(503, "{\"detail\": \"the database is away\"}");
      }
      var ready = cluster(ID, "demo");
      ((ObjectNode) ready.path("status")).put("phase", calls.get() < 3 ? "NotReady" : "Ready");
      return ok(ready);
    })) {
      var run = api.run("wait", "cluster", ID, "--timeout", "1m");
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(calls).hasValue(3);
      assertThat(api.run("wait", "cluster", ID, "--for", "happiness").exit()).isEqualTo(2);
      assertThat(api.run("wait", "cluster", ID, "--timeout", "soon").exit()).isEqualTo(2);
    }
  }

  @Test
  void aTokenGoesToTheServerOnlyAndIsNeverShown(@TempDir Path directory) throws Exception {
    var token = Files.writeString(directory.resolve("token"), "the-secret-token");
    try (var api = new StubApi(
        (method, path) -> new Answer(401, "{\"detail\": \"no\", \"code\": \"HYPERFLEET-AUT-002\"}"))) {
      var run = api.run("get", "clusters", "--token-file", token.toString());
      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.err()).contains("the token comes from --token-file").doesNotContain("the-secret-token");
      assertThat(api.run("get", "clusters").err()).contains("no token given");
    }
  }
}
