package io.hyperfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.api.ApiIT;
import io.hyperfleet.cli.StubApi.Run;
import io.hyperfleet.docs.Page;
import io.hyperfleet.docs.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands on a fleet against the real API; the test plays the adapters. */
@Tag("faults")
class FleetCommandsIT extends ApiIT {

  private static final List<String> ADAPTERS = List.of("validation", "dns", "placement", "hyperfleet");
  /** What is in answers that the page does not show. */
  private static final Map<String, String> SHOWS = Map.of("hyperfleet get fleet", "Outbox: ", "hyperfleet get adapters",
      "validation   Cluster", "hyperfleet events cluster c-17", "reports Available=True JobSucceeded, attempt 2",
      "hyperfleet get clusters c-01 -o yaml", "name: c-01", "hyperfleet retry cluster c-17 validation",
      "validation will make attempt 2",
      "hyperfleet operations start reconcile clusters --not-ready -l shard=1 --rate 5", " has started for 0 resources",
      "hyperfleet operations start retry clusters --adapter validation --search \"spec.region = 'eu-1'\" --wait",
      "done: 0 of 0, 0 succeeded, 0 skipped, 0 failed");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(bash|text)\\n(.*?)^```$");
  private static final Pattern VARIES = Pattern.compile(
      "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\b\\d+[smhd](?:\\d+[mh])?\\b");

  private Run run(String... args) {
    return StubApi.ask("http://localhost:" + port(), args);
  }

  private void report(String cluster, String adapter, String status, String reason, String message, Integer attempt) {
    var report = json.createObjectNode().put("adapter", adapter).put("observed_generation", 1);
    var conditions = report.putArray("conditions");
    for (String type : List.of("Applied", "Available", "Health")) {
      conditions.addObject().put("type", type).put("status", type.equals("Available") ? status : "True")
          .put("reason", reason).put("message", message);
    }
    if (attempt != null) {
      var job = adapter + "-" + cluster.substring(0, 8) + "-gen1";
      report.putArray("launched").addObject().put("object", "Job " + job).put("generation", 1).put("attempt", attempt);
      report.putObject("metadata").put("job_name", job).put("job_namespace", "hyperfleet-adapters");
    }
    var answer = send("PUT", "/clusters/" + cluster + "/statuses", report.toString());
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
  }

  private void ready(String cluster, int attempt) {
    for (String adapter : ADAPTERS) {
      report(cluster, adapter, "True", "JobSucceeded", "", attempt);
    }
  }

  /** Fifty clusters, of which c-17, c-23 and c-42 are stuck, each for a reason of its own. */
  private Map<String, String> fifty() {
    forgetAdapters();
    var ids = new HashMap<String, String>();
    for (int i = 1; i <= 50; i++) {
      var name = "c-%02d".formatted(i);
      ids.put(name, createCluster(name));
      if (i != 17 && i != 23 && i != 42) {
        ready(ids.get(name), 1);
      }
    }
    report(ids.get("c-17"), "validation", "False", "JobFailed", "The container exited with code 1: no quota", 1);
    for (String adapter : ADAPTERS.subList(1, 4)) {
      report(ids.get("c-17"), adapter, "False", "PreconditionsNotMet",
          "Waiting for dependencies to be met: validation is available", null);
    }
    patch("/clusters/" + ids.get("c-23"), "{\"paused\": true}");
    for (String adapter : List.of("validation", "dns", "hyperfleet")) {
      report(ids.get("c-42"), adapter, "True", "JobSucceeded", "", 1);
    }
    report(ids.get("c-42"), "placement", "False", "JobGone", "The Job is gone and nobody saw how it ended", 1);
    return ids;
  }

  /** The page's commands in their order, with what it shows of their answers. */
  @Test
  void threeOfFiftyAreFoundAndMendedAsThePageSays() {
    var ids = fifty();
    var page = Page.of(Path.of("docs/cli.md"));
    int commands = 0;
    Run last = null;
    for (var block : BLOCK.matcher(page.text()).results().toList()) {
      if (block.group(1).equals("text")) {
        assertThat(normal(last.out())).isEqualTo(normal(block.group(2)));
        continue;
      }
      for (String command : Shell.commands(block.group(2))) {
        if (command.startsWith("export ")) {
          continue;
        }
        if (command.startsWith("hyperfleet wait cluster c-17")) {
          // What adapters do after they were told.
          ready(ids.get("c-17"), 2);
          ready(ids.get("c-42"), 2);
          ready(ids.get("c-23"), 1);
        }
        if (command.contains(" get fleet")) {
          await().atMost(Duration.ofSeconds(30)).until(() -> get("/fleet").at("/total").asInt() == 50);
        }
        var words = Shell.words(command, Map.of());
        last = run(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(last.exit()).as("%s: %s", command, last).isZero();
        assertThat(last.out()).as(command).contains(SHOWS.getOrDefault(command, ""));
        commands++;
      }
    }
    assertThat(commands).isEqualTo(page.commands("hyperfleet").size()).isGreaterThan(15);
    assertThat(run("get", "clusters", "--not-ready").out()).isEqualTo("No clusters that are not Ready.\n");
  }

  /** What differs each time is one word, and columns have one space. */
  private static String normal(String text) {
    return VARIES.matcher(text.replace("java -jar hyperfleet.jar", "hyperfleet")).replaceAll("~")
        .replaceAll("gen\\d|job/\\S+", "job").replaceAll(" +", " ").strip();
  }

  @Test
  void eachActionIsTheOneThatTheDescriptionOffers() {
    var ids = fifty();
    for (var stuck : Map.of("c-17", "retry cluster c-17 validation", "c-23", "resume cluster c-23", "c-42",
        "retry cluster c-42 placement").entrySet()) {
      var described = run("describe", "cluster", stuck.getKey()).out();
      assertThat(described).contains("java -jar hyperfleet.jar " + stuck.getValue() + "\n");
      assertThat(run("wait", "cluster", stuck.getKey(), "--timeout", "1ms").exit()).isEqualTo(8);
      var done = run(stuck.getValue().split(" "));
      assertThat(done.exit()).as("%s", done).isZero();
      ready(ids.get(stuck.getKey()), 2);
      assertThat(run("wait", "cluster", ids.get(stuck.getKey()), "--timeout", "30s").exit()).isZero();
    }
    assertThat(run("get", "clusters", "-o", "json").out()).doesNotContain("\"NotReady\"");
  }

  @Test
  void listsAreWholeWhateverIsPausedOrDeleted() throws Exception {
    fifty();
    for (int i = 0; i < 80; i++) {
      createCluster("more-" + i);
    }
    delete("/clusters/" + createCluster("going"));
    var listed = json.readTree(run("get", "clusters", "-o", "json").out()).path("items");
    assertThat(listed).hasSize(131);
    assertThat(listed.findValuesAsText("paused")).containsExactly("true");
    var selected = send("PATCH", "/clusters/" + listed.path(0).path("id").asText(),
        "{\"labels\": {\"example.com/a\": \"b-c\"}}");
    assertThat(selected.status()).isEqualTo(200);
    assertThat(run("get", "clusters", "-l", "example.com/a=b-c").out().lines()).hasSize(2);
    assertThat(run("get", "cluster", "going").out()).contains("Deleting");
  }

  @Test
  void everyKindOfTheApiIsListed() {
    var owner = createCluster("owner");
    var pool = create("/clusters/" + owner + "/nodepools", "NodePool", "pool");
    create("/clusters/" + createCluster("other") + "/nodepools", "NodePool", "pool");

    assertThat(run("get", "nodepools").out().lines()).hasSize(3);
    assertThat(run("describe", "cluster", "owner").out()).contains("NodePool pool", "describe nodepool " + pool);
    assertThat(run("describe", "nodepool", "pool").exit()).isEqualTo(2);
    assertThat(run("describe", "nodepool", pool).exit()).isZero();
    var unknown = run("get", "frobs");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("unknown kind 'frobs'; the API has ", "clusters", "nodepools");
    for (JsonNode tag : json.valueToTree(get("/openapi").body().path("paths").findValuesAsText("x-kind").stream()
        .distinct().toList())) {
      assertThat(run("get", tag.asText()).exit()).as(tag.asText()).isZero();
    }
  }

  @Test
  void deadEventsArePublishedAfterAll() {
    createCluster("demo");
    jdbc.sql("update outbox set state = 'dead', last_error = 'NOT_FOUND: no such topic'").update();

    assertThat(run("outbox", "dead").out()).contains("NOT_FOUND: no such topic");
    assertThat(run("outbox", "retry").exit()).isEqualTo(2);
    assertThat(run("outbox", "retry", "--all").out()).contains(" will be published");
    assertThat(run("outbox", "dead").out()).isEqualTo("No dead events.\n");
    assertThat(run("outbox", "retry", "01a22d0b-f54f-7000-a674-87991d6c2076").exit()).isEqualTo(4);
  }

  @Test
  void manyAreSteeredAtOnce() {
    var ids = fifty();
    var started = run("operations", "start", "retry", "clusters", "--not-ready", "--rate", "100", "--wait");
    assertThat(started.exit()).as("%s", started).isZero();
    assertThat(started.out()).contains(" has started for 3 resources\n")
        .contains("done: 3 of 3, 2 succeeded, 1 skipped, 0 failed\n");
    assertThat(get("/clusters/" + ids.get("c-17") + "?include=statuses").toString()).contains("\"wanted_attempt\":2");

    var slow = run("operations", "start", "reconcile", "clusters", "--rate", "1").out();
    var id = slow.substring(0, slow.indexOf(' '));
    assertThat(run("operations", "stop", id).out()).startsWith("stopped: ").contains(" of 50, ");
    assertThat(run("operations", "stop", id).exit()).isEqualTo(6);
    assertThat(run("operations", "list").out()).contains(id, "reconcile", "stopped: ", "done: 3 of 3");
    assertThat(run("operations", "list", "-o", "json").out()).contains("\"stopped_by\"");
    assertThat(run("operations", "stop", "01a22d0b-f54f-7000-a674-87991d6c2076").exit()).isEqualTo(4);
    assertThat(run("operations", "start", "reconcile", "clusters", "--adapter", "dns").err())
        .contains("only allowed with the action retry");
    assertThat(run("operations", "start", "retry", "clusters", "--search", "colour = 1").exit()).isEqualTo(2);
  }

  @Test
  void whatTheStateForbidsEndsWithItsReason() {
    var id = createCluster("demo");
    report(id, "validation", "Unknown", "JobInProgress", "runs", 1);
    var retried = run("retry", "cluster", "demo", "validation");
    assertThat(retried.exit()).isEqualTo(6);
    assertThat(retried.err()).contains("HYPERFLEET-CNF-003");
    assertThat(run("retry", "cluster", "demo").out()).contains("nothing to retry");
    assertThat(run("retry", "cluster", "demo", "nobody").exit()).isEqualTo(4);
    delete("/clusters/" + id);
    send("POST", "/clusters/" + id + "/force-delete", "{\"reason\": \"gone\"}");
    assertThat(run("wait", "cluster", "demo", "--for", "deleted", "--timeout", "5s").exit()).isZero();
    assertThat(run("wait", "cluster", "demo", "--timeout", "5s").exit()).isEqualTo(4);
  }
}
