package io.hyperfleet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the adapter protocol asks of an adapter and can be seen from outside; each test is tagged with the rules that it
 * tries.
 */
class AdapterConformanceIT {

  private static final Path PROTOCOL = Path.of("docs/adapters/protocol.md");
  /** What only shows in Kubernetes, or in what the work is about. */
  private static final Set<String> NOT_SEEN_FROM_OUTSIDE = Set.of("R5", "R6", "M3", "M4");
  private static final List<String> OTHERS = List.of("validation", "dns", "placement", "hyperfleet");

  private static AdapterUnderTest around;

  private final String id = UUID.randomUUID().toString();

  static List<String> adapters() {
    return AdapterUnderTest.names();
  }

  @BeforeAll
  static void start() throws Exception {
    around = AdapterUnderTest.start();
    var first = UUID.randomUUID().toString();
    around.api().put(first, 1, false, OTHERS);
    around.event(first, 1);
    await("the first report of each adapter").atMost(Duration.ofMinutes(3))
        .until(() -> around.api().reports(first).stream().map(report -> report.path("adapter").asText()).distinct()
            .count() == adapters().size());
  }

  @AfterAll
  static void stop() throws Exception {
    if (around != null) {
      around.close();
    }
  }

  @Tag("R1")
  @Tag("R2")
  @Tag("R3")
  @Tag("R12")
  @Tag("E4")
  @ParameterizedTest
  @MethodSource("adapters")
  void reportsTheGenerationThatItHasFetched(String adapter) {
    around.api().put(id, 3, false, OTHERS);

    around.event(id, 2);

    var report = awaitReports(adapter, 1).get(0);
    assertThat(report.path("adapter").asText()).isEqualTo(adapter);
    assertThat(report.path("observed_generation").isIntegralNumber()).isTrue();
    assertThat(report.path("observed_generation").asInt()).isEqualTo(3);
    assertThat(Instant.parse(report.path("observed_time").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    for (String type : List.of("Applied", "Available", "Health")) {
      assertThat(status(report, type)).as(type).isIn("True", "False", "Unknown");
    }
  }

  @Tag("R1")
  @Tag("R4")
  @ParameterizedTest
  @MethodSource("adapters")
  void reportsAgainAndLaterAtEveryEvent(String adapter) {
    around.api().put(id, 1, false, List.of());

    for (int i = 1; i <= 3; i++) {
      around.event(id, 1);
      awaitReports(adapter, i);
    }

    assertThat(reports(adapter)).extracting(report -> Instant.parse(report.path("observed_time").asText()))
        .isSorted().doesNotHaveDuplicates();
  }

  @Tag("E1")
  @ParameterizedTest
  @MethodSource("adapters")
  void acknowledgesWhatItCannotReadOnce(String adapter) {
    awaitAcknowledged(adapter);
    var before = around.deliveries(adapter);

    around.publish("no JSON");
    around.publish("{\"specversion\": \"1.0\", \"data\": {}}");

    awaitAcknowledged(adapter);
    assertThat(around.deliveries(adapter)).isEqualTo(before + 2);
    handlesTheNextEvent(adapter);
  }

  @Tag("E2")
  @ParameterizedTest
  @MethodSource("adapters")
  void takesEventsOfAnyType(String adapter) {
    around.api().put(id, 1, false, OTHERS);

    around.event("com.example.something.else", id, 1);

    awaitReports(adapter, 1);
  }

  @Tag("E5")
  @ParameterizedTest
  @MethodSource("adapters")
  void survivesTheSameAndAnOlderEvent(String adapter) {
    around.api().put(id, 2, false, OTHERS);

    around.event(id, 2);
    around.event(id, 2);
    around.event(id, 1);

    assertThat(awaitReports(adapter, 3)).allSatisfy(report -> {
      assertThat(report.path("observed_generation").asInt()).isEqualTo(2);
      assertThat(status(report, "Health")).isEqualTo("True");
    });
  }

  @Tag("R8")
  @ParameterizedTest
  @ValueSource(ints = {204, 404, 409, 500})
  void livesWithAnyAnswerToAReport(int status) {
    for (String adapter : adapters()) {
      around.api().put(id, 1, false, OTHERS);
      around.api().answerReports(id, status);

      around.event(id, 1);

      awaitReports(adapter, 1);
      awaitAcknowledged(adapter);
      around.api().answerReports(id, 201);
      handlesTheNextEvent(adapter);
    }
  }

  @Tag("E1")
  @Tag("R9")
  @ParameterizedTest
  @MethodSource("adapters")
  void reportsNothingAboutWhatIsGone(String adapter) {
    around.event(id, 1);

    awaitAcknowledged(adapter);
    handlesTheNextEvent(adapter);
    assertThat(around.api().reports(id)).isEmpty();
  }

  @Tag("E1")
  @Tag("R10")
  @ParameterizedTest
  @MethodSource("adapters")
  void goesOnWhenTheApiHasFailed(String adapter) {
    around.api().put(id, 4, false, OTHERS);
    around.api().failFetch(id, 503);

    around.event(id, 4);

    awaitAcknowledged(adapter);
    assertThat(reports(adapter)).hasSizeLessThan(2).allSatisfy(report -> {
      assertThat(status(report, "Health")).isEqualTo("False");
      assertThat(report.path("observed_generation").asInt()).isEqualTo(4);
    });
    var soFar = reports(adapter).size();
    around.api().failFetch(id, 200);
    around.event(id, 4);
    assertThat(status(awaitReports(adapter, soFar + 1).get(soFar), "Health")).isEqualTo("True");
  }

  @Tag("D1")
  @Tag("D2")
  @Tag("D3")
  @ParameterizedTest
  @MethodSource("adapters")
  void cleansUpAndSaysSoWhateverItWaitsFor(String adapter) {
    around.api().put(id, 1, false, OTHERS);
    around.event(id, 1);
    assertThat(status(awaitReports(adapter, 1).get(0), "Finalized")).isNotEqualTo("True");

    around.api().put(id, 2, true, List.of());
    await().until(() -> {
      var soFar = reports(adapter).size();
      around.event(id, 2);
      return status(awaitReports(adapter, soFar + 1).get(soFar), "Finalized").equals("True");
    });
  }

  @Tag("D1")
  @ParameterizedTest
  @MethodSource("adapters")
  void saysSoAlsoWhenThereIsNothingToCleanUp(String adapter) {
    around.api().put(id, 2, true, List.of());

    around.event(id, 2);

    assertThat(status(awaitReports(adapter, 1).get(0), "Finalized")).isEqualTo("True");
  }

  @Test
  void everyRuleThatCanBeSeenIsTried() throws Exception {
    var musts = new TreeSet<String>();
    Pattern.compile("(?m)^\\| ([ERMD]\\d+) \\|.*\\bMUST\\b").matcher(Files.readString(PROTOCOL)).results()
        .map((MatchResult rule) -> rule.group(1)).forEach(musts::add);
    var tried = new TreeSet<>(NOT_SEEN_FROM_OUTSIDE);
    for (Method method : AdapterConformanceIT.class.getDeclaredMethods()) {
      Arrays.stream(method.getAnnotationsByType(Tag.class)).map(Tag::value).forEach(tried::add);
    }
    assertThat(tried).isEqualTo(musts);
  }

  private void handlesTheNextEvent(String adapter) {
    var next = UUID.randomUUID().toString();
    around.api().put(next, 1, false, OTHERS);
    around.event(next, 1);
    await().until(() -> around.api().reports(next).stream().anyMatch(report -> by(report, adapter)));
  }

  private void awaitAcknowledged(String adapter) {
    await().until(() -> around.unacknowledged(adapter) == 0);
  }

  private List<JsonNode> awaitReports(String adapter, int count) {
    await().until(() -> reports(adapter).size() >= count);
    return reports(adapter);
  }

  private List<JsonNode> reports(String adapter) {
    return around.api().reports(id).stream().filter(report -> by(report, adapter)).toList();
  }

  private static boolean by(JsonNode report, String adapter) {
    return report.path("adapter").asText().equals(adapter);
  }

  /** The status of a condition; empty when there is none. */
  private static String status(JsonNode report, String type) {
    return StreamSupport.stream(report.path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path("status").asText()).findFirst().orElse("");
  }
}
