package io.hyperfleet.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
@Tag("faults")
class AggregationTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = ';', textBlock = """
      nobody has reported ; g1@0 ; False ReconciledMissingAdapters 1 upd 0 since 0
      one has reported ; g1@0 | a:T1@10 ; False ReconciledMissingAdapters 1 upd 10 since 0
      all are available ; g1@0 | all ; True ReconciledAll 1 upd 10 since 10
      a new generation takes it back at once ; g1@0 | all | g2@30 ; False ReconciledMissingAdapters 2 upd 30 since 30
      two new generations keep its transition ; g1@0 | all | g2@30 | g3@40 ; False ReconciledMissingAdapters 3 upd 40 since 30
      one is at the new generation ; g1@0 | all | g2@30 | b:T2@35 ; False ReconciledMissingAdapters 2 upd 35 since 30
      all are at the new generation ; g1@0 | all | g2@30 | a:T2@35 b:T2@36 c:T2@37 ; True ReconciledAll 2 upd 35 since 35
      one says no ; g1@0 | a:T1@10 b:F1@12 c:T1@14 ; False ReconciledMissingAdapters 1 upd 10 since 0
      one changes its mind ; g1@0 | all | b:F1@20 ; False ReconciledMissingAdapters 1 upd 10 since 10
      and back ; g1@0 | all | b:F1@20 | b:T1@25 ; True ReconciledAll 1 upd 10 since 10
      saying the same again refreshes it ; g1@0 | all | a:T1@40 b:T1@41 c:T1@42 ; True ReconciledAll 1 upd 40 since 10
      Unknown is no evidence against ; g1@0 | all | b:U1@20 ; True ReconciledAll 1 upd 10 since 10
      Unknown is no evidence for ; g1@0 | a:U1@10 b:U1@12 c:U1@14 ; False ReconciledMissingAdapters 1 upd 0 since 0
      Unknown about the new generation ; g1@0 | all | g2@30 | a:U2@31 b:U2@32 c:U2@33 ; False ReconciledMissingAdapters 2 upd 30 since 30
      one that is not required does not count ; g1@0 | all x:F1@15 ; True ReconciledAll 1 upd 10 since 10
      available is not finalized ; g1@0 | all | delete g2@30 | a:T2@35 b:T2@36 c:T2@37 ; False ReconciledMissingAdapters 2 upd 35 since 30
      finalized at the old generation ; g1@0 | a:F1@10+ b:F1@12+ c:F1@14+ | delete g2@30 ; False ReconciledMissingAdapters 2 upd 30 since 0
      finalized ; g1@0 | delete g2@30 | a:F2@35+ b:F2@36+ c:U2@37+ ; True ReconciledAll 2 upd 35 since 35
      """)
  void reconciledSaysWhetherEveryRequiredAdapterHasDoneTheGeneration(String name, String story, String expected) {
    assertThat(describe(condition(Story.end(story), "Reconciled"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = ';', textBlock = """
      nobody has reported ; g1@0 ; False AdaptersMissingReports 1 upd 0 since 0
      one has not reported ; g1@0 | a:T1@10 b:T1@12 ; False AdaptersMissingReports 1 upd 0 since 0
      all were available ; g1@0 | all ; True AllAdaptersReconciled 1 upd 10 since 10
      a new generation does not take it back ; g1@0 | all | g2@30 ; True AllAdaptersReconciled 1 upd 10 since 10
      nor do different generations ; g1@0 | all | g2@30 | b:T2@35 ; True AllAdaptersReconciled 1 upd 10 since 10
      all are at the new generation ; g1@0 | all | g2@30 | a:T2@35 b:T2@36 c:T2@37 ; True AllAdaptersReconciled 2 upd 35 since 10
      a no about the tracked generation does ; g1@0 | all | b:F1@20 ; False AdapterReportedNotAvailable 1 upd 10 since 10
      a no about the new generation does not ; g1@0 | all | g2@30 | b:F2@35 ; True AllAdaptersReconciled 1 upd 10 since 10
      different generations from the start ; g1@0 | a:T1@10 | g2@30 | b:T2@35 c:T2@36 ; False AdaptersNotAtSameGeneration 2 upd 0 since 0
      a no from the start ; g1@0 | a:T1@10 b:F1@12 c:T1@14 ; False AdapterReportedNotAvailable 1 upd 10 since 0
      Unknown leaves it alone ; g1@0 | all | g2@30 | a:U2@31 ; True AllAdaptersReconciled 1 upd 10 since 10
      """)
  void lastKnownReconciledOutlivesAChangeOfTheGeneration(String name, String story, String expected) {
    assertThat(describe(condition(Story.end(story), "LastKnownReconciled"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = ';', textBlock = """
      nobody has reported ; g1@0 ; NotReady observed 0 upd 0 since 0
      one is missing ; g1@0 | a:T1@10 b:T1@12 ; NotReady observed 0 upd 10 since 0
      all are available ; g1@0 | all ; Ready observed 1 upd 10 since 10
      Unknown counts as observed ; g1@0 | a:U1@10 b:U1@12 c:U1@14 ; NotReady observed 1 upd 0 since 0
      a new generation ; g1@0 | all | g2@30 | a:T2@35 ; NotReady observed 1 upd 35 since 30
      being deleted ; g1@0 | all | delete g2@30 ; NotReady observed 1 upd 30 since 30
      finalized is not Ready ; g1@0 | delete g2@30 | a:F2@35+ b:F2@36+ c:F2@37+ ; NotReady observed 2 upd 35 since 0
      """)
  void phaseIsReadyOnlyWhenReconciledAndNotBeingDeleted(String name, String story, String expected) {
    var status = Story.end(story);

    assertThat(status.phase().word() + " observed " + status.observedGeneration() + " upd "
        + Story.second(status.lastUpdatedTime()) + " since " + Story.second(status.lastTransitionTime()))
        .isEqualTo(expected);
    var validated = condition(status, "Validated");
    assertThat(validated).isEqualTo(condition(status, "Reconciled").as("Validated"));
  }

  @Test
  void anAdaptersConditionShowsItsLastDefinitiveWord() {
    var status = Story.end("g1@0 | b:T1@10 | b:U1@20 | a:F1@30 | x:T1@40");

    assertThat(status.conditions()).extracting(Condition::type).containsExactly(
        "Reconciled", "LastKnownReconciled", "Validated", "ASuccessful", "BSuccessful");
    assertThat(describe(condition(status, "BSuccessful"))).isEqualTo("True Because 1 upd 10 since 10");
    assertThat(describe(condition(status, "ASuccessful"))).isEqualTo("False Because 1 upd 30 since 30");
  }

  @Test
  void anAdaptersConditionKeepsItsTransitionWhileTheStatusStays() {
    assertThat(describe(condition(Story.end("g1@0 | a:T1@10 | a:T1@20"), "ASuccessful")))
        .isEqualTo("True Because 1 upd 20 since 10");
    assertThat(describe(condition(Story.end("g1@0 | a:T1@10 | a:F1@20 | a:T1@30"), "ASuccessful")))
        .isEqualTo("True Because 1 upd 30 since 30");
  }

  @ParameterizedTest
  @CsvSource({"validation, ValidationSuccessful", "dns, DnsSuccessful", "my-adapter, MyAdapterSuccessful",
      "a--b, ABSuccessful"})
  void namesAConditionAfterItsAdapter(String adapter, String type) {
    assertThat(Aggregation.conditionOf(adapter)).isEqualTo(type);
  }

  @Test
  void aKindWithoutRequiredAdaptersIsReadyAndHasNoConditions() {
    var status = Aggregation.aggregate(
        new Evidence(3, Story.at(5), false, false, List.of(), Map.of(), null, Circumstances.NONE));

    assertThat(status).isEqualTo(new ResourceStatus(Phase.READY, 3, Story.at(5), Story.at(5), List.of()));
  }

  @Test
  void waitsForChildrenWhenEveryAdapterHasFinalized() {
    var before = Story.end("g1@0");
    var report = ReportIntake.decide(
        new Report("a", 2, Story.at(9), List.of(
            new ReportedCondition("Available", "False", null, null, null),
            new ReportedCondition("Applied", "False", null, null, null),
            new ReportedCondition("Health", "True", null, null, null),
            new ReportedCondition("Finalized", "True", null, null, null)),
            JsonNodeFactory.instance.objectNode(), null, null),
        2, null, Story.at(9));

    var status = Aggregation.aggregate(new Evidence(2, Story.at(5), true, true, List.of("a"),
        Map.of("a", ((ReportIntake.Accepted) report).status()), before, Circumstances.NONE));

    assertThat(describe(condition(status, "Reconciled"))).startsWith("False ReconciledWaitingForChildren 2");
  }

  private static Condition condition(ResourceStatus status, String type) {
    return status.conditions().stream().filter(c -> c.type().equals(type)).findFirst().orElseThrow();
  }

  private static String describe(Condition condition) {
    return condition.status() + " " + condition.reason() + " " + condition.observedGeneration() + " upd "
        + Story.second(condition.lastUpdatedTime()) + " since " + Story.second(condition.lastTransitionTime());
  }
}
