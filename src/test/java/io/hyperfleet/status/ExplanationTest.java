package io.hyperfleet.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.base.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a resource is not Ready, in words. */
@Tag("faults")
class ExplanationTest {

  private static final List<String> REQUIRED = List.of("validation", "dns", "placement");
  private static final String T = Story.at(0).toString();

  /** Each report is {@code adapter:answer+generation reason / message}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '#', textBlock = """
      nobody has reported# # dns, placement and validation have not reported on generation 2, created T.
      one has not# validation:T2 | dns:T2# placement has not reported on generation 2, created T.
      about the generation before# validation:T2 | dns:T2 | placement:F1 JobFailed / no# placement has not reported on generation 2, created T.
      all are available# validation:T2 | dns:T2 | placement:T2# Every required adapter is Available at generation 2
      one has failed, and others wait for it# validation:F2 JobFailed / exit code 1: no quota | dns:F2 PreconditionsNotMet / Waiting for dependencies to be met: validation is available | placement:F2 PreconditionsNotMet / Waiting for dependencies to be met: validation is available# validation failed with JobFailed: exit code 1: no quota. dns and placement wait for "validation is available".
      two have failed# validation:F2 JobFailed / one | dns:F2 Refused / two | placement:T2# dns failed with Refused: two; validation failed with JobFailed: one.
      without a message# validation:F2 JobGone | dns:T2 | placement:T2# validation failed with JobGone.
      without a reason# validation:F2 | dns:T2 | placement:T2# validation failed.
      at work# validation:T2 | dns:U2 JobInProgress / 1 of 3 | placement:T2# dns is in progress (JobInProgress) since T.
      waits in its own words# validation:T2 | dns:F2 PreconditionsNotMet / not yet | placement:T2# dns waits for its preconditions.
      the worst first# validation:U2 JobInProgress | dns:F2 JobFailed / x | placement:F1# dns failed with JobFailed: x. placement has not reported on generation 2, created T; validation is in progress (JobInProgress) since T.
      lines become one# validation:F2 JobFailed / one\\n\\ttwo | dns:T2 | placement:T2# validation failed with JobFailed: one two.
      one that is not required# validation:T2 | dns:T2 | placement:T2 | other:F2 Bad / x# Every required adapter is Available at generation 2
      """)
  void saysWhyInOneOrTwoSentences(String name, String reports, String expected) {
    assertThat(message(evidence(reports, Circumstances.NONE, null)))
        .isEqualTo(expected.replace("created T", "created " + T)
            .replace("since T", "since " + T));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '#', textBlock = """
      paused and available# validation:T2 | dns:T2 | placement:T2# true# # Paused by ann since T.
      paused and not# validation:F2 JobFailed / x | dns:T2 | placement:T2# true# # Paused by ann since T. validation failed with JobFailed: x.
      suspended# validation:T2 | dns:F2 JobFailed / x | placement:T2# false# dns# dns is suspended.
      two are# validation:T2# false# dns placement# dns and placement are suspended.
      suspended and done# validation:T2 | dns:T2 | placement:T2# false# dns# Every required adapter is Available at generation 2
      """)
  void saysWhatPeopleHaveDone(String name, String reports, boolean paused, String suspended, String expected) {
    var circumstances = new Circumstances(paused ? Story.at(0) : null, paused ? "ann" : null,
        suspended == null ? Set.of() : Set.of(suspended.split(" ")), null);

    assertThat(message(evidence(reports, circumstances, null))).isEqualTo(expected.replace("since T", "since " + T));
  }

  @Test
  void aRetryThatIsOpenIsToBeMade() {
    var evidence = evidence("validation:F2 JobFailed / x | dns:T2 | placement:T2", Circumstances.NONE, null);
    var wanted = evidence.reports().get("validation").wanting(new WantedRetry(2, 2, Story.at(0), "ann"));
    var reports = new TreeMap<>(evidence.reports());
    reports.put("validation", wanted);

    assertThat(message(with(evidence, reports, null, Circumstances.NONE)))
        .isEqualTo("validation is to run attempt 2, requested by ann at " + T + ".");
    reports.put("validation", wanted.wanting(new WantedRetry(1, 2, Story.at(0), "ann")));
    assertThat(message(with(evidence, reports, null, Circumstances.NONE))).startsWith("validation failed");
  }

  @Test
  void otherWordsForTheSameStateChangeNothing() {
    var before = evidence("validation:F2 JobFailed / pod a-17 failed | dns:T2 | placement:T2", Circumstances.NONE,
        null);
    var status = Aggregation.aggregate(before);
    var report = before.reports().get("validation");

    assertThat(again("F2 JobFailed / pod b-18 failed", report, before, status)).contains("pod a-17 failed");
    assertThat(again("F2 JobTimeout / pod b-18 failed", report, before, status)).contains("JobTimeout: pod b-18");
    assertThat(again("U2 JobInProgress / 2 of 3", report, before, status)).contains("in progress");
    assertThat(Aggregation.aggregate(with(before, before.reports(), status,
        new Circumstances(Story.at(1), "ann", Set.of(), null))).conditions().get(0).message())
        .startsWith("Paused by ann");
    assertThat(Aggregation.aggregate(with(before, before.reports(), status,
        new Circumstances(null, null, Set.of("validation"), report))).conditions().get(0).message())
        .isEqualTo("validation is suspended.");
  }

  /** What the release before has written says less. */
  @Test
  void replacesTheWordsOfEarlierReleases() {
    var before = evidence("validation:F2 JobFailed / x | dns:T2 | placement:T2", Circumstances.NONE, null);
    var reconciled = Aggregation.aggregate(before).conditions().get(0);
    var old = new ResourceStatus(Phase.NOT_READY, 2, Story.at(0), Story.at(0),
        List.of(new Condition("Reconciled", "False",
            reconciled.reason(), "Not Available at generation 2: validation; reporting: dns", 2, Story.at(0),
            Story.at(0),
            Story.at(0))));

    assertThat(again("F2 JobFailed / y", before.reports().get("validation"), before, old))
        .isEqualTo("validation failed with JobFailed: y.");
  }

  @Test
  void whateverAdaptersSayFitsAndIsText() {
    var random = new Random(20);
    for (int i = 0; i < 3_000; i++) {
      var reports = new ArrayList<String>();
      for (String adapter : REQUIRED) {
        if (random.nextInt(5) > 0) {
          reports.add(adapter + ":" + "TFU".charAt(random.nextInt(3)) + (1 + random.nextInt(2)) + " "
              + hostile(random, 1 + random.nextInt(40)).replaceAll("[\\s|/]", "x") + " / "
              + hostile(random, random.nextInt(3_000)).replace('|', '_'));
        }
      }
      var evidence = evidence(String.join(" | ", reports), Circumstances.NONE, null);
      var message = message(evidence);
      assertThat(Utf8.encodedLength(message)).isBetween(1, Explanation.MOST_BYTES);
      assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(message);
      assertThat(message).doesNotContain("\n", "\r", "\u0000");
      assertThat(message(evidence)).isEqualTo(message);
    }
  }

  private static String hostile(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(switch (random.nextInt(6)) {
        case 0 -> 0x1F600 + random.nextInt(60);
        case 1 -> 0x4E00 + random.nextInt(500);
        case 2 -> '\n';
        case 3 -> 1 + random.nextInt(31);
        default -> 'a' + random.nextInt(26);
      });
    }
    return text.toString();
  }

  private static String again(String words, AdapterStatus before, Evidence evidence, ResourceStatus status) {
    var reports = new TreeMap<>(evidence.reports());
    reports.put(before.adapter(), report(before.adapter(), words));
    return Aggregation.aggregate(with(evidence, reports, status, new Circumstances(null, null, Set.of(), before)))
        .conditions().get(0).message();
  }

  private static String message(Evidence evidence) {
    return Aggregation.aggregate(evidence).conditions().get(0).message();
  }

  private static Evidence evidence(String reports, Circumstances circumstances, ResourceStatus previous) {
    var all = new TreeMap<String, AdapterStatus>();
    if (reports != null && !reports.isBlank()) {
      for (String text : reports.split("\\|")) {
        var adapter = text.strip().substring(0, text.strip().indexOf(':'));
        all.put(adapter, report(adapter, text.strip().substring(adapter.length() + 1)));
      }
    }
    return new Evidence(2, Story.at(0), false, false, REQUIRED, all, previous, circumstances);
  }

  private static Evidence with(Evidence evidence, Map<String, AdapterStatus> reports, ResourceStatus previous,
      Circumstances circumstances) {
    return new Evidence(2, evidence.reference(), false, false, REQUIRED, reports, previous, circumstances);
  }

  private static AdapterStatus report(String adapter, String words) {
    var available = switch (words.charAt(0)) {
      case 'T' -> "True";
      case 'F' -> "False";
      default -> "Unknown";
    };
    int generation = Character.digit(words.charAt(1), 10);
    var rest = words.substring(2).strip();
    int slash = rest.indexOf(" / ");
    var reason = slash < 0 ? rest : rest.substring(0, slash);
    var message = slash < 0 ? null : rest.substring(slash + 3).replace("\\n", "\n").replace("\\t", "\t");
    var report = new Report(adapter, generation, Story.at(0), List.of(
        new ReportedCondition("Available", available, reason.isEmpty() ? null : reason, message, null),
        new ReportedCondition("Applied", "True", null, null, null),
        new ReportedCondition("Health", "True", null, null, null)), JsonNodeFactory.instance.objectNode(), null, null,
        null);
    return ((ReportIntake.Accepted) ReportIntake.decide(report, 2, null, Story.at(0))).status();
  }
}
