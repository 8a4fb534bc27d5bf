package io.hyperfleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.docs.Page;
import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A partner ships a bad revision to forty clusters in waves of canaries, 10 and 100 percent; then a good one. */
@TestMethodOrder(OrderAnnotation.class)
class RolloutIT {

  private static final int CLUSTERS = 40;
  private static final int CANARIES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WAVES = """
        rollout:
          waves:
            - match: cluster.labels.canary == 'true'
            - percent: 10
            - percent: 100
          pause: 2s
          haltWhen: {percent: 5, within: 40s}
      """;

  private static final Map<String, String> IDS = new LinkedHashMap<>();
  private static LocalFleet fleet;
  private static String first;
  private static String bad;

  @TempDir
  private static Path location;

  @BeforeAll
  static void start() throws IOException {
    ship("${cluster.name}.example.com", WAVES);
    fleet = LocalFleet.start(
        "hyperfleet.adapters.location=" + location,
        "hyperfleet.adapters.enabled=keeper",
        "hyperfleet.kinds.clusters.required-adapters=keeper",
        "hyperfleet.adapters.announce-interval=500ms",
        "hyperfleet.adapters.reload-interval=200ms",
        "hyperfleet.rollouts.interval=200ms");
    var jdbc = fleet.context().getBean(JdbcClient.class);
    jdbc.sql("create table waves_moved (time timestamptz default clock_timestamp(), digest text, wave integer)")
        .update();
    jdbc.sql("""
        create function note_wave() returns trigger language plpgsql as $$
        begin
          insert into waves_moved (digest, wave) values (new.to_digest, new.wave);
          return new;
        end $$""").update();
    jdbc.sql("""
        create trigger note_wave after update on adapter_rollouts
        for each row when (old.wave is distinct from new.wave and new.wave > 0) execute function note_wave()""")
        .update();
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  @Order(1)
  void whatIsThereFirstIsWantedAtOnce() {
    for (int i = 0; i < CLUSTERS; i++) {
      create("c-" + i, i < CANARIES);
    }
    while (amongTenPercent().isEmpty()) {
      create("c-" + IDS.size(), false);
    }
    await().atMost(PATIENCE).until(() -> IDS.values().stream().allMatch(id -> fleet.phase(id).equals("Ready")));
    await().atMost(PATIENCE).until(() -> rollout().path("state").asText().equals("done"));
    first = wanted();
    assertThat(followers(first)).hasSize(IDS.size());
  }

  @Test
  @Order(2)
  void aRevisionThatFailsOnOneShapeHaltsAndTouchesNothingFurther() throws IOException {
    var readySince = new LinkedHashMap<String, String>();
    IDS.values().forEach(id -> readySince.put(id, readySince(id)));

    // Only canaries have a zone.
    ship("${cluster.spec.zone}.example.com", WAVES);
    await().atMost(PATIENCE).until(() -> rollout().path("state").asText().equals("halted"));

    bad = wanted();
    assertThat(bad).isNotEqualTo(first);
    assertThat(rollout().path("wave").asInt()).isEqualTo(2);
    assertThat(rollout().path("reason").asText()).contains("became Health=False or lost Available");
    assertThat(rollout().path("failed").asInt()).isPositive();
    var touched = followers(bad);
    assertThat(touched).as("canaries and 10 percent").hasSizeBetween(CANARIES + 1, CANARIES + amongTenPercent().size())
        .allMatch(name -> number(name) < CANARIES || amongTenPercent().contains(name));
    IDS.forEach((name, id) -> {
      if (!touched.contains(name) || number(name) < CANARIES) {
        assertThat(fleet.phase(id)).as(name).isEqualTo("Ready");
        assertThat(readySince(id)).as("%s stayed Ready", name).isEqualTo(readySince.get(id));
      }
    });

    isOnThePage(command("adapter", "rollout", "keeper"));

    // Who comes now follows what the others follow.
    var late = create("c-" + IDS.size(), false);
    await().atMost(PATIENCE).until(() -> fleet.phase(late).equals("Ready"));
    assertThat(fleet.report(late, "keeper").path("adapter_revision").asText()).isEqualTo(first);
  }

  @Test
  @Order(3)
  void rollbackMakesAllReadyAgainAndHoldsTheFolderThatIsStillThere() {
    isOnThePage(command("adapter", "rollback", "keeper"));

    await().atMost(PATIENCE).until(() -> IDS.values().stream().allMatch(id -> fleet.phase(id).equals("Ready")));
    await().atMost(PATIENCE).until(() -> followers(bad).isEmpty());
    assertThat(wanted()).isEqualTo(first);
    assertThat(rollout().path("held_revision").asText()).isEqualTo(bad);
    var announced = fleet.get("/adapters/keeper").body();
    assertThat(announced.path("revision").asText()).as("the bad folder is still mounted").isEqualTo(bad);
    // It is announced again and again, and nothing comes of it.
    await().during(Duration.ofSeconds(6)).atMost(PATIENCE).until(() -> wanted().equals(first));
    assertThat(followers(first)).hasSize(IDS.size());
  }

  @Test
  @Order(4)
  void theNextRevisionGoesThroughAllWavesOneByOne() throws IOException {
    ship("${cluster.name}.example.org", WAVES);
    await().atMost(PATIENCE).until(() -> !List.of(first, bad).contains(wanted()));
    var good = wanted();
    await().atMost(PATIENCE).until(() -> rollout().path("wave").asInt() > 0);
    isOnThePage(command("adapter", "rollout", "keeper"));
    await().atMost(PATIENCE).until(() -> rollout().path("state").asText().equals("done"));

    assertThat(followers(good)).hasSize(IDS.size());
    assertThat(IDS.values()).allMatch(id -> fleet.phase(id).equals("Ready"));
    assertThat(rollout().has("held_revision")).isFalse();
    assertThat(fleet.context().getBean(JdbcClient.class)
        .sql("select wave from waves_moved where digest = :digest order by time").param("digest", good)
        .query(Integer.class).list()).containsExactly(1, 2, 3);
    assertThat(fleet.context().getBean(JdbcClient.class)
        .sql("select wave from waves_moved where digest = :digest order by time").param("digest", bad)
        .query(Integer.class).list()).containsExactly(1, 2);
  }

  @Test
  @Order(5)
  void oneResourceCanBePinned() {
    var id = IDS.get("c-5");
    assertThat(fleet.put("/clusters/" + id + "/adapters/keeper/revision", "{\"revision\": \"" + first + "\"}").status())
        .isEqualTo(204);
    await().atMost(PATIENCE).until(() -> followers(first).equals(List.of("c-5")));
    assertThat(fleet.phase(id)).isEqualTo("Ready");

    assertThat(fleet.delete("/clusters/" + id + "/adapters/keeper/revision").status()).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> followers(first).isEmpty());
    assertThat(fleet.delete("/clusters/" + id + "/adapters/keeper/revision").status()).isEqualTo(404);
    assertThat(fleet.get("/clusters/" + id + "/history").body().path("items").findValuesAsText("action"))
        .contains("pin", "unpin");
  }

  @Test
  @Order(6)
  void aFolderWithoutARolloutTakesOverAtOnceAgain() throws IOException {
    ship("${cluster.name}.example.net", "");
    await().atMost(PATIENCE).until(() -> !fleet.get("/adapters/keeper").body().has("rollout"));
    var id = IDS.get("c-7");
    assertThat(fleet.post("/events", "{\"aggregate_type\": \"Cluster\", \"aggregate_id\": \"" + id + "\"}").status())
        .isBetween(200, 202);
    await().atMost(PATIENCE).until(() -> followers(wanted()).contains("c-7"));
  }

  private static void ship(String hostname, String rollout) throws IOException {
    var folder = Files.createDirectories(location.resolve("keeper"));
    var original = Path.of("src/test/resources/adapters-under-test/keeper");
    write(folder.resolve("record.yaml"), Files.readString(original.resolve("record.yaml"))
        .replace("${cluster.spec.?host.orValue('a')}.example.com", hostname));
    write(folder.resolve("adapter.yaml"), Files.readString(original.resolve("adapter.yaml")) + rollout);
  }

  private static void write(Path file, String text) throws IOException {
    var next = Files.writeString(location.resolveSibling(location.getFileName() + "-next"), text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String create(String name, boolean canary) {
    var answer = fleet.post("/clusters",
        "{\"kind\": \"Cluster\", \"name\": \"" + name + "\", \"labels\": {\"canary\": \""
            + canary + "\"}, \"spec\": {" + (canary ? "\"zone\": \"z\"" : "") + "}}");
    assertThat(answer.status()).isEqualTo(201);
    IDS.put(name, answer.body().path("id").asText());
    return IDS.get(name);
  }

  private static String wanted() {
    return fleet.get("/adapters/keeper").body().path("wanted_revision").asText();
  }

  private static JsonNode rollout() {
    return fleet.get("/adapters/keeper").body().path("rollout");
  }

  /** The names of clusters that have been acted on by a revision last. */
  private static List<String> followers(String digest) {
    var names = new ArrayList<String>();
    IDS.forEach((name, id) -> {
      if (fleet.report(id, "keeper").path("adapter_revision").asText().equals(digest)) {
        names.add(name);
      }
    });
    return names;
  }

  /** Those that are no canaries and among 10 percent. */
  private static List<String> amongTenPercent() {
    return IDS.entrySet().stream()
        .filter(entry -> number(entry.getKey()) >= CANARIES && RolloutPlan.bucket(entry.getValue()) < 10)
        .map(Map.Entry::getKey).toList();
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(2));
  }

  private static String readySince(String id) {
    return fleet.get("/clusters/" + id).body().at("/status/last_transition_time").asText();
  }

  /** Numbers, revisions and times are others each time. */
  private static void isOnThePage(String output) {
    assertThat(normalized(Page.of(Path.of("docs/adapters/rollout.md")).text())).as(output).contains(normalized(output));
  }

  private static String normalized(String text) {
    return text.replaceAll("20\\d\\d-[0-9T:.-]+Z", "TIME").replaceAll("\\b[0-9a-f]{12}\\b", "SHORT")
        .replaceAll("\\b\\d+(?=s?\\b)", "N").strip();
  }

  private static String command(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", "http://localhost:" + fleet.apiPort()));
    assertThat(HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(err, true),
        all.toArray(String[]::new))).as(err.toString()).isZero();
    return out.toString();
  }
}
