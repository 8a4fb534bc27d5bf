package io.hyperfleet.api.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hyperfleet.api.ApiIT;
import io.hyperfleet.bulk.BulkOperations;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.revision.Revisions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The fleet in numbers, the adapters that work on it, and actions on many resources. */
@Tag("faults")
class FleetHttpIT extends ApiIT {

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Autowired
  private BulkOperations operations;

  @Autowired
  private Revisions revisions;

  @BeforeEach
  void forget() {
    forgetAdapters();
  }

  @Test
  void countsTheFleet() {
    reportAll(createCluster("ready"), 1, "True");
    var failed = createCluster("failed");
    report(failed, "validation", 1, "True");
    report(failed, "dns", 1, "False");
    report(failed, "placement", 1, "Unknown");
    patch("/clusters/" + createCluster("paused"), "{\"paused\": true}");
    delete("/clusters/" + createCluster("going"));

    await().atMost(Duration.ofSeconds(20)).until(() -> get("/fleet").at("/total").asInt() == 4
        && cluster(get("/fleet")).path("paused").asInt() == 1 && cluster(get("/fleet")).path("deleting").asInt() == 1);
    var fleet = get("/fleet");

    assertThat(cluster(fleet).path("ready").asInt()).isEqualTo(1);
    assertThat(cluster(fleet).path("not_ready").asInt()).isEqualTo(3);
    assertThat(states(fleet, "validation").path("available").asInt()).isEqualTo(2);
    assertThat(states(fleet, "validation").path("not_reported").asInt()).isEqualTo(2);
    assertThat(states(fleet, "dns").path("failed").asInt()).isEqualTo(1);
    assertThat(states(fleet, "placement").path("in_progress").asInt()).isEqualTo(1);
    assertThat(fleet.at("/oldest_not_ready/0/name").asText()).isEqualTo("failed");
    assertThat(fleet.at("/oldest_not_ready/0/message").asText()).startsWith("dns failed with Tested.");
    assertThat(fleet.at("/outbox/pending").asInt()).isPositive();
    assertThat(Instant.parse(fleet.text("counted_time"))).isBefore(Instant.now().plusSeconds(5));
    var adapter = get("/adapters/dns");
    assertThat(adapter.at("/resources/failed").asInt()).isEqualTo(1);
    assertThat(adapter.at("/required_by/0").asText()).isEqualTo("Cluster");
  }

  @Test
  void showsWhatProcessesAnnounce() {
    announce("one", adapter("dns", false, ""));
    announce("two",
        adapter("dns", false, ", \"broken\": [{\"file\": \"adapter.yaml\", \"line\": 7, \"message\": \"no\"}]"),
        adapter("other", true, ""));

    var dns = get("/adapters/dns");
    assertThat(dns.at("/announcers").asInt()).isEqualTo(2);
    assertThat(dns.text("revision")).isEqualTo(DIGEST);
    assertThat(dns.at("/broken/0/line").asInt()).isEqualTo(7);
    assertThat(dns.at("/broken/0/announcers").asInt()).isEqualTo(1);
    assertThat(get("/adapters/other").at("/suspended").asBoolean()).isTrue();
    assertThat(get("/adapters").at("/items").findValuesAsText("name")).contains("dns", "other", "validation")
        .isSorted();
    await().atMost(Duration.ofSeconds(20)).until(() -> get("/fleet").at("/broken_definitions/0/file").asText()
        .equals("adapter.yaml"));

    announce("two", adapter("dns", false, "").replace(DIGEST, DIGEST.replace('0', '1')));
    assertThat(get("/adapters/dns").body().has("revision")).isFalse();
    assertThat(get("/adapters/dns").body().has("broken")).isFalse();
    assertThat(get("/adapters/other").status()).isEqualTo(404);
    assertThat(delete("/announcements/two").status()).isEqualTo(204);
    assertThat(get("/adapters/dns").text("revision")).isEqualTo(DIGEST);

    jdbc.sql("update announcers set announced_time = now() - interval '46 seconds'").update();
    assertThat(get("/adapters/dns").at("/announcers").asInt()).isZero();
    assertThat(get("/adapters/dns").body().has("last_announced_time")).isTrue();
  }

  /** Two processes, a deployment that rolls, a revert, a process that ends, and a folder that differs for ever. */
  @Test
  void keepsRevisionsAndWhichIsWanted() {
    var first = revision("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"},\"n\":1.0}}");
    var second = revision("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"},\"n\":2}}");
    announce("one", has(first));
    announce("two", has(first));
    wanted(first);
    assertThat(get("/adapters/dns").body().has("previous_revision")).isFalse();

    announce("one", has(second));
    revisions.decide();
    wanted(first);
    announce("two", has(second));
    wanted(second);
    assertThat(get("/adapters/dns").text("previous_revision")).isEqualTo(first.digest());
    var listed = get("/adapters/dns/revisions");
    assertThat(listed.at("/items").findValuesAsText("digest")).containsExactly(second.digest(), first.digest());
    assertThat(listed.at("/items/0/wanted").asBoolean()).isTrue();
    assertThat(listed.at("/items/0/announcers").asInt()).isEqualTo(2);
    assertThat(listed.at("/items/1/previous").asBoolean()).isTrue();
    assertThat(listed.at("/items/1/first_seen_by").asText()).isNotEmpty();

    announce("one", has(first));
    revisions.decide();
    wanted(second);
    assertThat(delete("/announcements/two").status()).isEqualTo(204);
    wanted(first);
    announce("two", has(revision("{}")));
    revisions.decide();
    wanted(first);
    jdbc.sql("update announcers set announced_time = now() - interval '46 seconds' where announcer = 'one'").update();
    wanted(revision("{}"));
  }

  @Test
  void asksForTheContentOfRevisionsOnce() {
    var revision = revision("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"},\"n\":1.0},\"job.yaml\":\"é\"}");
    var path = "/announcements/one/revisions/dns/" + revision.digest();
    var body = "{\"adapters\": [" + has(revision) + "]}";
    assertThat(send("PUT", path, revision.content()).status()).as("not announced").isEqualTo(404);
    var answer = send("PUT", "/announcements/one", body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/lacking/0/adapter").asText()).isEqualTo("dns");
    assertThat(answer.at("/lacking/0/digest").asText()).isEqualTo(revision.digest());
    assertThat(get("/adapters/dns/revisions/" + revision.digest()).at("/complete").asBoolean()).isFalse();

    assertThat(send("PUT", path, revision.content() + " ").status()).as("other bytes").isEqualTo(400);
    assertThat(send("PUT", path, "").status()).isEqualTo(400);
    assertThat(send("PUT", "/announcements/one", body).status()).as("asked again").isEqualTo(200);
    assertThat(send("PUT", path, revision.content()).status()).isEqualTo(204);
    assertThat(send("PUT", path, revision.content()).status()).isEqualTo(204);
    assertThat(send("PUT", "/announcements/two", body).status()).as("known").isEqualTo(204);

    var read = get("/adapters/dns/revisions/" + revision.digest());
    assertThat(read.at("/complete").asBoolean()).isTrue();
    assertThat(read.at("/content").toString()).isEqualTo(revision.content());
    assertThat(get("/adapters/dns/revisions").at("/items/0").has("content")).isFalse();
    for (String digest : List.of(DIGEST, "x", "%00", "%25", "a".repeat(2000))) {
      assertThat(get("/adapters/dns/revisions/" + digest).status()).as(digest).isIn(400, 404);
    }
    assertThat(get("/adapters/nobody/revisions").status()).isEqualTo(404);
  }

  /** The digest is right and the content is no folder of that adapter. */
  @Test
  void refusesContentThatIsNoFolder() {
    for (String content : List.of("{}", "[]", "1", "{\"adapter.yaml\":{}}",
        "{\"adapter.yaml\":{\"metadata\":{\"name\":\"other\"}}}",
        "{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}},\"../x\":1}",
        "{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}},\"/etc/x\":1}",
        "{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}},\"adapter.yaml\":1}",
        "{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}},\"a\":\"\\u0000\"}")) {
      var revision = revision(content);
      announce("one", has(revision));
      assertThat(send("PUT", "/announcements/one/revisions/dns/" + revision.digest(), content).status()).as(content)
          .isEqualTo(400);
    }
    var large = revision("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"}},\"a\":\"" + "x".repeat(1 << 20) + "\"}");
    announce("one", has(large));
    assertThat(send("PUT", "/announcements/one/revisions/dns/" + large.digest(), large.content()).status())
        .isEqualTo(413);
  }

  @Test
  void keepsTheLastTenRevisionsAndThoseThatAreFollowed() {
    var all = IntStream.range(0, 15).mapToObj(i -> revision("{\"n\":" + i + "}")).toList();
    for (var revision : all) {
      announce("one", has(revision));
      revisions.decide();
    }
    var id = createCluster("follows");
    report(id, "dns", 1, "True");
    jdbc.sql("update adapter_statuses set adapter_revision = :digest where adapter = 'dns'")
        .param("digest", all.get(1).digest()).update();
    revisions.purge();

    var kept = get("/adapters/dns/revisions").at("/items").findValuesAsText("digest");
    assertThat(kept).hasSize(11).contains(all.get(1).digest()).doesNotContain(all.get(0).digest(), all.get(2).digest());
    assertThat(kept.get(0)).isEqualTo(all.get(14).digest());
  }

  /**
   * Anything that is no text of a digest's length is refused, and what an adapter says is shown until it says no more.
   */
  @Test
  void showsByWhichRevisionAnAdapterHasActed() {
    var id = createCluster("demo");
    var time = Instant.now();
    for (String revision : List.of(DIGEST, "v1")) {
      time = time.plusSeconds(1);
      assertThat(send("PUT", "/clusters/" + id + "/statuses", reported(time, "\"" + revision + "\"")).at(
          "/adapter_revision").asText()).isEqualTo(revision);
      assertThat(get("/clusters/" + id + "/statuses").at("/items/0/adapter_revision").asText()).isEqualTo(revision);
    }
    assertThat(send("PUT", "/clusters/" + id + "/statuses", reported(time.plusSeconds(1), "1")).status())
        .isEqualTo(400);
    assertThat(
        send("PUT", "/clusters/" + id + "/statuses", reported(time.plusSeconds(1), "\"" + "x".repeat(129) + "\""))
            .status())
        .isEqualTo(400);
    assertThat(send("PUT", "/clusters/" + id + "/statuses", reported(time.plusSeconds(1), "null")).at(
        "").has("adapter_revision")).isFalse();
  }

  private static String reported(Instant time, String revision) {
    var condition = "{\"type\": \"%s\", \"status\": \"True\"}";
    return "{\"adapter\": \"dns\", \"observed_generation\": 1, \"observed_time\": \"" + time
        + "\", \"adapter_revision\": " + revision + ", \"conditions\": [" + condition.formatted("Applied") + ", "
        + condition.formatted("Available") + ", " + condition.formatted("Health") + "]}";
  }

  private static Revision revision(String content) {
    return Revision.ofContent(content);
  }

  private static String has(Revision revision) {
    return adapter("dns", false, "").replace(DIGEST, revision.digest());
  }

  private void wanted(Revision revision) {
    await().atMost(Duration.ofSeconds(20))
        .until(() -> revision.digest().equals(get("/adapters/dns").text("wanted_revision")));
  }

  @Test
  void aSuspendedAdapterIsNotWaitedFor() {
    announce("one", adapter("dns", true, ""));
    var id = createCluster("demo");

    assertThat(get("/clusters/" + id).at("/status/conditions/0/message").asText()).startsWith("dns is suspended; ");
    assertThat(post("/clusters/" + id + "/adapters/dns/retry", null).at("/detail").asText()).contains("is suspended");
    report(id, "validation", 1, "True");
    report(id, "placement", 1, "True");
    report(id, "hyperfleet", 1, "True");
    assertThat(jdbc.sql("select count(*) from resource_schedules where outstanding_since is not null").query(Long.class)
        .single()).isZero();

    announce("one", adapter("dns", false, ""));
    report(id, "validation", 1, "True");
    assertThat(get("/clusters/" + id).at("/status/conditions/0/message").asText())
        .startsWith("dns has not reported on generation 1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {}
      {"adapters": 1}
      {"adapters": [1]}
      {"adapters": [{}]}
      {"adapters": [{"name": "Not a name"}]}
      {"adapters": [{"name": "a"}, {"name": "a"}]}
      {"adapters": [{"name": "a", "digest": "xyz"}]}
      {"adapters": [{"name": "a", "suspended": "yes"}]}
      {"adapters": [{"name": "a", "broken": [1]}]}
      {"adapters": [], "version": 1}
      """)
  void anAnnouncementIsChecked(String body) {
    assertThat(send("PUT", "/announcements/one", body).status()).isEqualTo(400);
  }

  @Test
  void whateverIsAnnouncedIsKeptOrRefused() {
    var random = new Random(20);
    for (int i = 0; i < 300; i++) {
      var name = random.nextBoolean() ? "adapter-" + i : text(random);
      var body = json.createObjectNode();
      body.put("version", text(random));
      var item = body.putArray("adapters").addObject().put("name", name).put("kind", text(random))
          .put("template", text(random));
      item.putArray("broken").addObject().put("file", text(random)).put("line", random.nextInt()).put("message",
          text(random).repeat(random.nextInt(400)));
      assertThat(send("PUT", "/announcements/p" + i % 7, body.toString()).status()).isIn(200, 204, 400);
      assertThat(get("/adapters").status()).isEqualTo(200);
    }
    assertThat(send("PUT", "/announcements/%2e%2e", "{\"adapters\": []}").status()).isEqualTo(400);
    assertThat(send("PUT", "/announcements/A", "{\"adapters\": []}").status()).isEqualTo(400);
  }

  @Test
  void remembersWhoHasReported() {
    report(createCluster("demo"), "stranger", 1, "True");

    await().atMost(Duration.ofSeconds(20)).until(() -> get("/adapters/stranger").status() == 200);
    assertThat(get("/adapters/stranger").body().has("last_report_time")).isTrue();
    assertThat(get("/adapters/stranger").at("/required_by")).isEmpty();
  }

  @Test
  void retriesAllThatMatch() {
    var failed = IntStream.range(0, 7).mapToObj(i -> failed("failed-" + i)).toList();
    reportAll(createCluster("ready"), 1, "True");
    createCluster("silent");
    patch("/clusters/" + failed("held"), "{\"paused\": true}");

    var begun = post("/operations", "{\"action\": \"retry\", \"rate\": 3, \"search\": \"kind = 'Cluster'\"}");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.at("/matched").asInt()).isEqualTo(9);
    var done = ended(begun);
    assertThat(done.text("state")).isEqualTo("done");
    assertThat(done.at("/succeeded").asInt()).isEqualTo(7);
    assertThat(done.at("/skipped").asInt()).isEqualTo(2);
    assertThat(done.at("/handled").asInt()).isEqualTo(9);
    failed.forEach(id -> assertThat(get("/clusters/" + id + "/statuses").at("/items/0/retry/wanted_attempt").asInt())
        .isEqualTo(2));
    assertThat(post("/operations/" + done.text("id") + "/stop", null).status()).isEqualTo(409);
    assertThat(get("/operations").at("/items/0/id").asText()).isEqualTo(done.text("id"));
  }

  @Test
  void reconcilesAllThatMatch() {
    var one = createCluster("one");
    createCluster("two");
    jdbc.sql("update outbox set published = true, state = 'published'").update();

    var done = ended(post("/operations", "{\"action\": \"reconcile\", \"search\": \"name = 'one'\"}"));

    assertThat(done.at("/succeeded").asInt()).isEqualTo(1);
    assertThat(get("/events?status=pending").at("/items").findValuesAsText("aggregate_id")).containsExactly(one);
  }

  @Test
  void anOperationCanBeStopped() {
    IntStream.range(0, 12).forEach(i -> failed("failed-" + i));
    var begun = post("/operations", "{\"action\": \"retry\", \"adapter\": \"validation\", \"rate\": 1}");

    var stopped = post("/operations/" + begun.text("id") + "/stop", null);

    assertThat(stopped.status()).isEqualTo(202);
    assertThat(stopped.text("state")).isEqualTo("stopped");
    assertThat(stopped.text("stopped_by")).isNotEmpty();
    assertThat(operations.step()).isFalse();
    assertThat(get("/operations/" + begun.text("id")).at("/handled").asInt()).isLessThan(12);
  }

  /**
   * A process that died in the middle of its step leaves the operation to the next one, which asks for nothing twice.
   */
  @Test
  void anOperationSurvivesItsProcess() {
    var ids = IntStream.range(0, 4).mapToObj(i -> failed("failed-" + i)).toList();
    var begun = post("/operations", "{\"action\": \"retry\", \"rate\": 2}");
    // What another process had done before it noted it, and its claim.
    jdbc.sql("update operations set next_time = now() + interval '3 seconds' where state = 'running'").update();
    post("/clusters/" + ids.get(0) + "/adapters/validation/retry", null);

    var done = ended(begun);

    assertThat(done.text("state")).isEqualTo("done");
    ids.forEach(id -> assertThat(get("/clusters/" + id + "/statuses").at("/items/0/retry/wanted_attempt").asInt())
        .isEqualTo(2));
    assertThat(jdbc.sql("select count(*) from resource_history where action = 'retry'").query(Long.class).single())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {}                                              | 400 | action is required
      {"action": "delete"}                            | 400 | action must be one of
      {"action": "retry", "kind": "Nothing"}          | 400 | kind must be one of
      {"action": "retry", "rate": 0}                  | 400 | rate must be 1 to 100
      {"action": "retry", "rate": 101}                | 400 | rate must be 1 to 100
      {"action": "retry", "rate": "fast"}             | 400 | 32-bit integer
      {"action": "retry", "adapter": "No Name"}       | 400 | adapter must be
      {"action": "reconcile", "adapter": "dns"}       | 400 | only allowed with the action retry
      {"action": "retry", "search": "colour = 'red'"} | 400 | unknown field
      """)
  void anOperationIsChecked(String body, int status, String words) {
    var answer = post("/operations", body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/detail").asText()).contains(words);
  }

  private Answer ended(Answer begun) {
    await().atMost(Duration.ofSeconds(60)).until(() -> !"running".equals(get("/operations/" + begun.text("id"))
        .text("state")));
    return get("/operations/" + begun.text("id"));
  }

  private String failed(String name) {
    var id = createCluster(name);
    send("PUT", "/clusters/" + id + "/statuses", """
        {"adapter": "validation", "observed_generation": 1, "launched": [{"object": "Job j", "generation": 1, "result": "Failed"}],
         "conditions": [{"type": "Applied", "status": "True"}, {"type": "Health", "status": "True"},
                        {"type": "Available", "status": "False", "reason": "JobFailed"}]}""");
    return id;
  }

  private void announce(String announcer, String... adapters) {
    assertThat(send("PUT", "/announcements/" + announcer, "{\"version\": \"1\", \"adapters\": ["
        + String.join(", ", adapters) + "]}").status()).isIn(200, 204);
  }

  private static String adapter(String name, boolean suspended, String more) {
    return "{\"name\": \"" + name + "\", \"kind\": \"Cluster\", \"template\": \"resource-adapter\", \"digest\": \""
        + DIGEST
        + "\", \"suspended\": " + suspended + more + "}";
  }

  private static String text(Random random) {
    List<String> pieces = new ArrayList<>(
        List.of("a", "-", "'; drop table announcers; --", "\u0000", "\ud800", "é", "{\"x\":1}",
            "../", "%2f", "${jndi:x}", "\n", "日本"));
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  private static JsonNode cluster(Answer fleet) {
    return find(fleet.at("/kinds"), "kind", "Cluster");
  }

  private static JsonNode states(Answer fleet, String adapter) {
    return find(fleet.at("/adapters"), "name", adapter).path("states");
  }

  private static JsonNode find(JsonNode items, String field, String value) {
    for (JsonNode item : items) {
      if (item.path(field).asText().equals(value)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

}
