package io.hyperfleet.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.status.ReportIntake.Accepted;
import io.hyperfleet.status.ReportIntake.Decision;
import io.hyperfleet.status.ReportIntake.Discarded;
import io.hyperfleet.status.ReportIntake.Unchanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
@Tag("faults")
class ReportIntakeTest {

  private static final Instant NOW = Story.at(3600);

  @ParameterizedTest(name = "stored at generation 2, second 3000: {0}")
  @CsvSource(delimiter = '|', textBlock = """
      a later observation replaces an earlier one      | 2 | 3001 | accepted
      an equal one changes nothing                     | 2 | 3000 | unchanged
      an earlier one is discarded                      | 2 | 2999 | stale-observed-time
      an older generation is discarded                 | 1 | 3500 | stale-generation
      a newer generation replaces, even if observed earlier | 3 | 2000 | accepted
      a generation that is not there yet is discarded  | 4 | 3500 | future-generation
      """)
  void decidesByGenerationAndTime(String name, int generation, long second, String expected) {
    var stored = accept(report(2, Story.at(3000), "True"), null);

    var decision = ReportIntake.decide(report(generation, Story.at(second), "False"), 3, stored, NOW);

    assertThat(describe(decision)).isEqualTo(expected);
    if (decision instanceof Unchanged unchanged) {
      assertThat(unchanged.stored()).isSameAs(stored);
    }
  }

  @Test
  void takesTheDatabasesTimeWhereTheReportHasNone() {
    assertThat(accept(report(3, null, "True"), null).lastReportTime()).isEqualTo(NOW);
  }

  @Test
  void takesTheCurrentGenerationWhereTheReportHasNone() {
    assertThat(accept(report(null, NOW, "True"), null).observedGeneration()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      2026-01-01T01:05:00.000001Z | must not be more than 5m0s in the future
      2026-01-01T00:29:59.999999Z | must not be more than 30m0s in the past
      0001-01-01T00:00:00Z        | must not be the zero time
      """)
  void refusesTimesOutOfBounds(Instant time, String rule) {
    assertThatThrownBy(() -> ReportIntake.decide(report(3, time, "True"), 3, null, NOW))
        .isInstanceOf(Problem.class).hasMessage("observed_time " + rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01T01:05:00Z", "2026-01-01T00:30:00Z"})
  void takesTimesAtTheBounds(Instant time) {
    assertThat(accept(report(3, time, "True"), null).lastReportTime()).isEqualTo(time);
  }

  @Test
  void refusesAReportThatLacksAMandatoryCondition() {
    var report = new Report("dns", 3, NOW, List.of(new ReportedCondition("Applied", "True", null, null, null)),
        JsonNodeFactory.instance.objectNode(), null, null, null);

    assertThatThrownBy(() -> ReportIntake.decide(report, 3, null, NOW))
        .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
            .extracting("message").containsExactly(
                "missing mandatory condition 'Available'", "missing mandatory condition 'Health'"));
    assertThat(describe(ReportIntake.decide(
        new Report("dns", 4, NOW, report.conditions(), report.data(), null, null, null), 3, null, NOW)))
        .as("discarded before it is looked at").isEqualTo("future-generation");
  }

  @Test
  void unknownIsStoredButLeavesTheLastDefinitiveWordAlone() {
    var stored = accept(report(2, Story.at(3000), "True"), null);

    var after = accept(report(3, Story.at(3100), "Unknown"), stored);

    assertThat(after.observedGeneration()).isEqualTo(3);
    assertThat(after.statusOf("Available")).isEqualTo("Unknown");
    assertThat(after.lastDefinitive()).isEqualTo(stored.lastDefinitive());
    assertThat(accept(report(3, Story.at(3100), "Unknown"), null).lastDefinitive()).isNull();
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4} at generation {5}")
  @CsvSource(delimiter = '|', textBlock = """
      waits for its preconditions        | False | False | True    | PreconditionsNotMet      | 3 | kept
      does not say why it did nothing    | False | False | True    | ConfigMapPending         | 3 | kept
      skipped its resources              | False | False | False   | ResourcesSkipped         | 3 | kept
      does not know                      | True  | Unknown | True  | JobInProgress            | 3 | kept
      failed                             | False | False | False   | ExecutionFailed          | 3 | replaced
      was told so by a person            | False | False | False   | ManualStatusPost         | 3 | replaced
      cannot create it                   | False | False | False   | JobCreationFailed        | 3 | replaced
      does not know how it is            | False | False | Unknown | Odd                      | 3 | replaced
      finds it broken                    | True  | False | True    | JobFailed                | 3 | replaced
      has waited at that generation only | False | False | True    | PreconditionsNotMet      | 2 | replaced
      """)
  void whoHasNotLookedAgainTakesNothingBack(String name, String applied, String available, String health,
      String reason, int before, String expected) {
    var stored = accept(report(before, Story.at(3000), "True"), null);
    var report = new Report("dns", 3, Story.at(3100), List.of(
        new ReportedCondition("Available", available, reason, null, null),
        new ReportedCondition("Applied", applied, reason, null, null),
        new ReportedCondition("Health", health, reason, null, null)), JsonNodeFactory.instance.objectNode(), null,
        null, null);

    var after = accept(report, stored);

    assertThat(after.statusOf("Available")).as("it is shown").isEqualTo(available);
    assertThat(after.availableAt(3)).isEqualTo(expected.equals("kept"));
    assertThat(after.lastDefinitive().equals(stored.lastDefinitive())).isEqualTo(expected.equals("kept"));
    assertThat(accept(report, null).availableAt(3)).as("and was never there").isFalse();
  }

  @Test
  void keepsTransitionsOfWhatHasNotChangedAndTheTimeOfTheFirstReport() {
    var first = accept(report(3, Story.at(3000), "False"), null);

    var second = accept(report(3, Story.at(3100), "True"), first);

    assertThat(second.createdTime()).isEqualTo(Story.at(3000));
    assertThat(second.lastReportTime()).isEqualTo(Story.at(3100));
    assertThat(second.conditions()).extracting(c -> c.type() + " since " + Story.second(c.lastTransitionTime()))
        .containsExactly("Available since 3100", "Applied since 3000", "Health since 3000");
  }

  @Test
  void dropsConditionsThatALaterReportLeavesOut() {
    var conditions = new ArrayList<>(report(3, NOW, "True").conditions());
    conditions.add(new ReportedCondition("Quota", "True", null, null, null));
    var first = accept(new Report("dns", 3, Story.at(3000), conditions,
        JsonNodeFactory.instance.objectNode(), null, null, null), null);
    assertThat(first.conditions()).extracting(ReportedCondition::type).contains("Quota");

    var second = accept(report(3, Story.at(3100), "True"), first);

    assertThat(second.conditions()).extracting(ReportedCondition::type).doesNotContain("Quota");
  }

  static Report report(Integer generation, Instant time, String available) {
    return new Report("dns", generation, time, List.of(
        new ReportedCondition("Available", available, "Because", "why", null),
        new ReportedCondition("Applied", "True", null, null, null),
        new ReportedCondition("Health", "True", null, null, null)),
        JsonNodeFactory.instance.objectNode().put("domain", "a.example"), null, null, null);
  }

  private static AdapterStatus accept(Report report, AdapterStatus stored) {
    return ((Accepted) ReportIntake.decide(report, 3, stored, NOW)).status();
  }

  private static String describe(Decision decision) {
    if (decision instanceof Discarded discarded) {
      return discarded.reason();
    }
    return decision instanceof Accepted ? "accepted" : "unchanged";
  }
}
