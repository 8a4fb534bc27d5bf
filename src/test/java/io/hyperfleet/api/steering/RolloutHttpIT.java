package io.hyperfleet.api.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.api.ApiIT;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.rollout.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the API says of rollouts, and what can be done with them; the adapter is played by the test. */
@Tag("faults")
class RolloutHttpIT extends ApiIT {

  private static final String REVISION = "X-HyperFleet-Adapter-Revision";
  private static final Revision FIRST = revision("1", "");
  private static final Revision SECOND = revision("2", "");
  private static final Revision THIRD = revision("3", "");
  private static final Revision AT_ONCE = Revision.ofContent(FIRST.content().replaceFirst(",\"rollout\".*]}", ""));

  @Autowired
  private Revisions revisions;

  @Autowired
  private Rollouts rollouts;

  private final List<String> clusters = new ArrayList<>();

  @BeforeEach
  void tenClusters() {
    forgetAdapters();
    for (int i = 0; i < 10; i++) {
      clusters.add(post("/clusters", "{\"kind\": \"Cluster\", \"name\": \"c-" + i + "\", \"labels\": {\"canary\": \""
          + (i == 0) + "\"}, \"spec\": {}}").text("id"));
    }
  }

  /** Other tests share the database, and know nothing of adapters that are announced here. */
  @AfterEach
  void forget() {
    forgetAdapters();
  }

  @Test
  void movesWavesOnWhenAllHaveAnsweredWell() {
    announce(FIRST);
    assertThat(state()).isEqualTo("done");
    clusters.forEach(id -> assertThat(follows(id)).isEqualTo(FIRST.digest()));
    clusters.forEach(id -> report(id, FIRST, "True"));

    announce(SECOND);
    assertThat(state()).isEqualTo("rolling");
    assertThat(get("/adapters/dns").text("wanted_revision")).isEqualTo(SECOND.digest());
    rollouts.poll();
    assertThat(wave()).as("not each process of the API knows").isZero();
    clusters.forEach(id -> assertThat(follows(id)).isEqualTo(FIRST.digest()));

    poll();
    assertThat(wave()).isEqualTo(1);
    assertThat(followers(SECOND)).containsExactly(clusters.get(0));
    assertThat(events()).isEqualTo(1);
    poll();
    assertThat(wave()).as("it has not answered").isEqualTo(1);
    report(clusters.get(0), SECOND, "True");
    poll();
    assertThat(wave()).isEqualTo(2);
    assertThat(followers(SECOND)).hasSize(10);
    var newcomer = createCluster("newcomer");
    assertThat(follows(newcomer)).isEqualTo(SECOND.digest());
    clusters.forEach(id -> report(id, SECOND, "True"));
    report(newcomer, SECOND, "True");
    poll();
    assertThat(state()).isEqualTo("done");
    assertThat(events()).as("each is told once").isEqualTo(10);
    assertThat(jdbc.sql("select count(*) from rollout_resources").query(Long.class).single()).isZero();
  }

  @Test
  void haltsGoesOnAndGoesBack() {
    announce(FIRST);
    clusters.forEach(id -> report(id, FIRST, "True"));
    announce(SECOND);
    poll();
    report(clusters.get(0), SECOND, "False");
    poll();
    assertThat(state()).isEqualTo("halted");
    assertThat(get("/adapters/dns").at("/rollout/reason").asText()).startsWith("1 of 1 moved resources do worse: 1 ");
    assertThat(get("/adapters/dns").at("/rollout/failed").asInt()).isEqualTo(1);
    assertThat(followers(SECOND)).containsExactly(clusters.get(0));
    assertThat(post("/adapters/dns/halt", null).status()).isEqualTo(409);

    assertThat(post("/adapters/dns/resume", null).status()).isEqualTo(202);
    poll();
    assertThat(state()).as("what had failed does not count").isEqualTo("rolling");
    assertThat(wave()).isEqualTo(2);
    assertThat(post("/adapters/dns/halt", "").status()).isEqualTo(202);
    assertThat(followers(SECOND)).as("who has moved and not answered is not touched").containsExactly(clusters.get(0));
    int told = events();
    poll();
    assertThat(events()).isEqualTo(told);

    assertThat(post("/adapters/dns/rollback", null).status()).isEqualTo(202);
    assertThat(get("/adapters/dns").text("wanted_revision")).isEqualTo(FIRST.digest());
    assertThat(followers(FIRST)).hasSize(10);
    poll();
    assertThat(events()).as("the one that had followed is told").isEqualTo(told + 1);
    announce(SECOND);
    assertThat(get("/adapters/dns").text("wanted_revision")).as("it is held").isEqualTo(FIRST.digest());
    assertThat(get("/adapters/dns").at("/rollout/held_revision").asText()).isEqualTo(SECOND.digest());

    announce(THIRD);
    assertThat(state()).isEqualTo("rolling");
    assertThat(get("/adapters/dns").at("/rollout/from_revision").asText()).isEqualTo(FIRST.digest());
    assertThat(get("/adapters/dns").at("/rollout").has("held_revision")).isFalse();
    announce(FIRST);
    assertThat(state()).as("all but those that had moved follow it").isEqualTo("done");
    announce(SECOND);
    assertThat(state()).as("it is held no longer").isEqualTo("rolling");
  }

  @Test
  void aNewerRevisionBeginsWithTheFirstWaveFromWhatEverythingFollowed() {
    announce(FIRST);
    clusters.forEach(id -> report(id, FIRST, "True"));
    announce(SECOND);
    poll();
    report(clusters.get(0), SECOND, "True");
    poll();
    assertThat(wave()).isEqualTo(2);
    announce(THIRD);
    assertThat(wave()).isZero();
    assertThat(followers(FIRST)).hasSize(10);
    poll();
    assertThat(followers(THIRD)).containsExactly(clusters.get(0));
    assertThat(followers(SECOND)).isEmpty();
  }

  @Test
  void haltsWhatAProcessCannotLoad() {
    announce(FIRST);
    announce(SECOND);
    send("PUT", "/announcements/one",
        "{\"adapters\": [" + adapter(SECOND).replace("}", ", \"unusable\": [{\"digest\": \""
            + SECOND.digest() + "\", \"message\": \"no such template\"}]}") + "]}");
    poll();
    assertThat(state()).isEqualTo("halted");
    assertThat(get("/adapters/dns").at("/rollout/reason").asText()).isEqualTo("no such template");
    assertThat(followers(FIRST)).hasSize(10);
  }

  /** Eight looks at once, many times: each wave moves once. */
  @Test
  void manyProcessesMoveEachWaveOnce() {
    announce(FIRST);
    clusters.forEach(id -> report(id, FIRST, "True"));
    announce(SECOND);
    settled();
    for (int round = 0; round < 5 && !state().equals("done"); round++) {
      CompletableFuture.allOf(IntStream.range(0, 8).mapToObj(i -> CompletableFuture.runAsync(rollouts::poll))
          .toArray(CompletableFuture[]::new)).join();
      followers(SECOND).forEach(id -> report(id, SECOND, "True"));
    }
    poll();
    assertThat(state()).isEqualTo("done");
    assertThat(events()).isEqualTo(10);
  }

  @Test
  void whatIsDeletedIsDeletedByWhatMadeIt() {
    announce(FIRST);
    clusters.forEach(id -> report(id, FIRST, "True"));
    var going = clusters.get(0);
    delete("/clusters/" + going);
    announce(SECOND);
    poll();
    assertThat(follows(going)).isEqualTo(FIRST.digest());
  }

  @Test
  void aPinWinsUntilItEnds() {
    announce(AT_ONCE);
    announce(revision("5", ""));
    var wanted = get("/adapters/dns").text("wanted_revision");
    var path = "/clusters/" + clusters.get(3) + "/adapters/dns/revision";
    assertThat(send("PUT", path, "{\"revision\": \"" + AT_ONCE.digest() + "\"}").status()).isEqualTo(204);
    assertThat(follows(clusters.get(3))).isEqualTo(AT_ONCE.digest());
    assertThat(delete(path).status()).isEqualTo(204);
    assertThat(delete(path).status()).isEqualTo(404);
    assertThat(follows(clusters.get(3))).isNotEqualTo(wanted).isEqualTo(AT_ONCE.digest());
  }

  @Test
  void answersNothingOfAdaptersThatFollowTheirFolders() {
    announce(AT_ONCE);
    await().atMost(Duration.ofSeconds(20)).until(() -> {
      rollouts.poll();
      return send("GET", "/clusters/" + clusters.get(0), null, "X-HyperFleet-Adapter", "dns").header(REVISION) == null;
    });
    assertThat(get("/adapters/dns").body().has("rollout")).isFalse();
    assertThat(get("/clusters/" + clusters.get(0)).header(REVISION)).isNull();
    assertThat(send("GET", "/clusters/" + clusters.get(0), null, "X-HyperFleet-Adapter", "No Name").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      POST   | /adapters/nobody/rollback             |                            | 404
      POST   | /adapters/nobody/halt                 |                            | 404
      POST   | /adapters/nobody/resume               |                            | 404
      POST   | /adapters/dns/halt                    |                            | 409
      POST   | /adapters/dns/resume                  |                            | 409
      POST   | /adapters/dns/rollback                |                            | 409
      POST   | /adapters/dns/rollback                | {"revision": 1}            | 400
      POST   | /adapters/dns/rollback                | {"revision": "nothing"}    | 404
      POST   | /adapters/dns/rollback                | [                          | 400
      PUT    | /clusters/ID/adapters/dns/revision    | {}                         | 400
      PUT    | /clusters/ID/adapters/dns/revision    | {"revision": "nothing"}    | 404
      PUT    | /clusters/ID/adapters/other/revision  | {"revision": "nothing"}    | 404
      PUT    | /clusters/ID/adapters/No_Name/revision| {"revision": "nothing"}    | 400
      DELETE | /clusters/ID/adapters/dns/revision    |                            | 404
      """)
  void refusesWhatThereIsNot(String method, String path, String body, int status) {
    announce(FIRST);
    assertThat(send(method, path.replace("ID", clusters.get(0)), body).status()).isEqualTo(status);
  }

  private static Revision revision(String parameter, String more) {
    return Revision.ofContent("{\"adapter.yaml\":{\"metadata\":{\"name\":\"dns\"},\"spec\":{\"for\":\"Cluster\","
        + "\"parameters\":{\"n\":" + parameter + "},\"rollout\":{\"haltWhen\":{\"percent\":5},\"pause\":\"0s\","
        + "\"waves\":[{\"match\":\"cluster.labels.canary == 'true'\"},{\"percent\":100}]}" + more + "}}}");
  }

  private static String adapter(Revision revision) {
    return "{\"name\": \"dns\", \"kind\": \"Cluster\", \"template\": \"resource-adapter\", \"digest\": \""
        + revision.digest() + "\", \"in_waves\": " + revision.content().contains("waves") + "}";
  }

  private void announce(Revision revision) {
    assertThat(send("PUT", "/announcements/one", "{\"adapters\": [" + adapter(revision) + "]}").status())
        .isIn(200, 204);
    assertThat(send("PUT", "/announcements/one/revisions/dns/" + revision.digest(), revision.content()).status())
        .isEqualTo(204);
    revisions.decide();
  }

  /** Each process knows, and no event waits with which the next one would be one. */
  private void settled() {
    jdbc.sql("update adapter_rollouts set governed_time = now() - interval '1 minute'").update();
    jdbc.sql("update outbox set published = true, state = 'published', published_time = now() where state = 'pending'")
        .update();
  }

  /** As if all processes knew, and the events of the last look were sent. */
  private void poll() {
    settled();
    rollouts.poll();
    rollouts.poll();
  }

  private String state() {
    return get("/adapters/dns").at("/rollout/state").asText();
  }

  private int wave() {
    return get("/adapters/dns").at("/rollout/wave").asInt();
  }

  private int events() {
    return jdbc.sql("select count(*) from outbox where reason = 'revision-changed'").query(Integer.class).single();
  }

  private String follows(String id) {
    return send("GET", "/clusters/" + id, null, "X-HyperFleet-Adapter", "dns", "X-HyperFleet-Adapter-Waves", "true")
        .header(REVISION);
  }

  private List<String> followers(Revision revision) {
    return clusters.stream().filter(id -> revision.digest().equals(follows(id))).toList();
  }

  private void report(String id, Revision revision, String available) {
    var condition = "{\"type\": \"%s\", \"status\": \"%s\"}";
    assertThat(send("PUT", "/clusters/" + id + "/statuses", "{\"adapter\": \"dns\", \"observed_generation\": 1, "
        + "\"observed_time\": \"" + Instant.now() + "\", \"adapter_revision\": \"" + revision.digest()
        + "\", \"conditions\": [" + condition.formatted("Applied", "True") + ", "
        + condition.formatted("Available", available) + ", " + condition.formatted("Health", "True") + "]}").status())
        .isIn(200, 201, 204);
  }
}
