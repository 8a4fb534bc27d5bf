package io.hyperfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.hyperfleet.local.DueHistory;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.ReportHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The profile seed-timeline, ten times as fast: three adapters take a cluster to Ready by ticks, it is left alone while
 * it is fresh, looked at again when it has grown old, and goes through it again when a user changes it.
 */
@TestMethodOrder(OrderAnnotation.class)
class TimelineIT {

  private static final String[] NOT_READY_REASONS = {"never-processed", "not-ready-max-age"};
  private static final String READY_REASON = "ready-max-age";
  private static final String IN_PROGRESS = "True/Unknown/True";
  private static final String DONE = "True/True/True";
  private static final String WAITING = "False/False/True";

  private static LocalFleet fleet;
  private static ReportHistory history;
  private static DueHistory due;
  private static String id;

  @TempDir
  private static Path location;

  @BeforeAll
  static void createCluster() throws IOException {
    fleet = LocalFleet.start(
        "hyperfleet.adapters.location=" + HeldValidation.in(location),
        "spring.profiles.active=seed-timeline",
        "hyperfleet.kinds.clusters.required-adapters=validation,dns,hyperfleet",
        "hyperfleet.adapters.enabled=validation,dns,hyperfleet",
        "hyperfleet.schedule.backoff.first=100ms",
        "hyperfleet.schedule.backoff.initial=1s",
        "hyperfleet.schedule.backoff.max=1s",
        "hyperfleet.schedule.ready-max-age=4s",
        "hyperfleet.sentinel.poll-interval=20ms",
        "hyperfleet.local.job-duration=1500ms",
        "hyperfleet.local.ready-delay=500ms");
    history = fleet.reports();
    await().until(() -> fleet.management("/readyz").status() == 200);
    due = DueHistory.start(fleet.context().getBean(JdbcClient.class));
    var created = fleet.createClusterAnswer("timeline").body();
    assertThat(created.at("/status/phase").asText()).isEqualTo("NotReady");
    id = created.get("id").asText();
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  @Order(1)
  void ticksTakeTheClusterToReady() {
    await().until(() -> history.indexOf("validation", 1, IN_PROGRESS) >= 0 && history.indexOf("dns", 1, WAITING) >= 0
        && history.indexOf("hyperfleet", 1, WAITING) >= 0 && due.asked().size() >= 2);
    HeldValidation.letRun(fleet, id, 1);
    await().until(() -> fleet.phase(id).equals("Ready"));

    await().untilAsserted(() -> {
      assertThat(history.of("validation")).containsExactly("1: " + IN_PROGRESS, "1: " + DONE);
      assertThat(history.of("dns")).containsExactly("1: " + WAITING, "1: " + IN_PROGRESS, "1: " + DONE);
      assertThat(history.of("hyperfleet")).containsExactly("1: " + WAITING, "1: " + IN_PROGRESS, "1: " + DONE);
    });
  }

  @Test
  @Order(2)
  void eachAdapterActsOnceWhatItWaitsForIsAvailable() {
    int validated = history.indexOf("validation", 1, DONE);
    int dnsCreated = history.indexOf("dns", 1, IN_PROGRESS);
    int dnsReady = history.indexOf("dns", 1, DONE);
    int acmJobCreated = history.indexOf("hyperfleet", 1, IN_PROGRESS);

    assertThat(validated).isLessThan(dnsCreated);
    assertThat(dnsCreated).isLessThan(dnsReady);
    assertThat(dnsReady).isLessThan(acmJobCreated);
    assertThat(fleet.report(id, "dns").at("/data/dns").asText()).isEqualTo("timeline.clusters.example.com");
  }

  @Test
  @Order(3)
  void theSentinelTickedOnItsGridWhileTheClusterWasNotReady() {
    var events = events();
    assertThat(events.get(0).get("source").asText()).isEqualTo("write");
    var ticks = events.stream().filter(event -> event.get("source").asText().equals("sentinel"))
        .takeWhile(event -> !event.get("reason").asText().equals(READY_REASON)).toList();
    assertThat(ticks).hasSizeGreaterThanOrEqualTo(4);
    assertThat(ticks).allSatisfy(tick -> {
      assertThat(tick.get("reason").asText()).isIn((Object[]) NOT_READY_REASONS);
      assertThat(tick.get("generation").asInt()).isEqualTo(1);
    });
    var asked = due.asked().subList(0, ticks.size());
    assertThat(asked).allSatisfy(tick -> assertThat(tick.due()).isBeforeOrEqualTo(tick.created()));
    for (int i = 1; i < asked.size(); i++) {
      assertThat(Duration.between(asked.get(i - 1).due(), asked.get(i).due()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  @Order(4)
  void theClusterBecameReadyWhenTheLastAdapterReported() {
    var cluster = fleet.get("/clusters/" + id).body();
    assertThat(cluster.at("/status/observed_generation").asInt()).isEqualTo(1);
    var lastReport = List.of("validation", "dns", "hyperfleet").stream()
        .map(adapter -> time(fleet.report(id, adapter), "last_report_time")).max(Comparator.naturalOrder())
        .orElseThrow();
    assertThat(Instant.parse(cluster.at("/status/last_transition_time").asText())).isBeforeOrEqualTo(lastReport);
    var hyperfleet = fleet.report(id, "hyperfleet");
    assertThat(time(hyperfleet, "created_time")).isBefore(time(hyperfleet, "last_report_time"));
  }

  @Test
  @Order(5)
  void aFreshReadyClusterIsLeftAloneAndLookedAtAgainWhenItIsOld() {
    var oldest = Instant.parse(fleet.get("/clusters/" + id).body().at("/status/last_updated_time").asText());
    // After the time: what comes behind these events is not older than that.
    int before = events().size();
    int reports = history.all().size();

    await().until(() -> events().size() > before);
    var pass = events().get(before);
    assertThat(pass.get("reason").asText()).isEqualTo(READY_REASON);
    assertThat(pass.get("source").asText()).isEqualTo("sentinel");
    assertThat(Duration.between(oldest, time(pass, "created_time"))).isGreaterThanOrEqualTo(Duration.ofSeconds(4));

    await()
        .untilAsserted(() -> assertThat(history.all().stream().skip(reports)).extracting(ReportHistory.Report::adapter)
            .contains("validation", "dns", "hyperfleet"));
    assertThat(history.all().stream().skip(reports)).allMatch(report -> report.statuses().equals(DONE));
    assertThat(fleet.phase(id)).isEqualTo("Ready");
    assertThat(jobs("hyperfleet.io/managed-by", "validation")).hasSize(1);
  }

  @Test
  @Order(6)
  void aUsersChangeMakesItNotReadyAtOnceAndGoesThroughAllOfItAgain() {
    var acmJob = jobs("hyperfleet.io/managed-by", "hyperfleet").get(0);

    var changed = fleet.patch("/clusters/" + id, "{\"spec\":{\"region\":\"europe-west1\"}}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().at("/generation").asInt()).isEqualTo(2);
    assertThat(changed.body().at("/status/phase").asText()).isEqualTo("NotReady");

    // dns and hyperfleet go by validation's last definite answer, and act on generation 2 before its Job has ended.
    await().until(() -> history.indexOf("validation", 2, IN_PROGRESS) >= 0 && history.indexOf("dns", 2, DONE) >= 0
        && history.indexOf("hyperfleet", 2, DONE) >= 0);
    HeldValidation.letRun(fleet, id, 2);
    await().until(() -> fleet.phase(id).equals("Ready"));
    assertThat(events()).anySatisfy(event -> {
      assertThat(event.get("source").asText()).isEqualTo("write");
      assertThat(event.get("generation").asInt()).isEqualTo(2);
    });
    await().untilAsserted(() -> assertThat(history.of("validation")).filteredOn(line -> line.startsWith("2: "))
        .containsExactly("2: " + IN_PROGRESS, "2: " + DONE));
    assertThat(history.of("dns")).doesNotContain("2: " + WAITING);
    assertThat(history.of("hyperfleet")).doesNotContain("2: " + WAITING);
    assertThat(jobs("hyperfleet.io/managed-by", "validation")).hasSize(2);
    assertThat(jobs("hyperfleet.io/managed-by", "hyperfleet")).singleElement().satisfies(job -> {
      assertThat(job.getMetadata().getUid()).isEqualTo(acmJob.getMetadata().getUid());
      assertThat(job.getMetadata().getAnnotations()).containsEntry("hyperfleet.io/generation", "2");
    });
  }

  private static List<Job> jobs(String label, String value) {
    return fleet.kubernetes().batch().v1().jobs().inNamespace("hyperfleet-adapters").withLabel(label, value).list()
        .getItems();
  }

  /** All events about the cluster, oldest first. */
  private static List<JsonNode> events() {
    var events = new ArrayList<JsonNode>();
    fleet.get("/events?size=100&aggregate_id=" + id).body().get("items").forEach(events::add);
    events.sort(Comparator.comparing(event -> time(event, "created_time")));
    return events;
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.parse(node.get(field).asText());
  }
}
