package io.hyperfleet.faults.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.faults.stage.History.Event;
import io.hyperfleet.faults.stage.History.FollowedState;
import io.hyperfleet.faults.stage.History.Generation;
import io.hyperfleet.faults.stage.History.JobMade;
import io.hyperfleet.faults.stage.History.ReadyMoment;
import io.hyperfleet.faults.stage.History.RolloutState;
import io.hyperfleet.faults.stage.History.StoredReport;
import io.hyperfleet.faults.stage.History.Usage;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A history in which all is well, and the same with one thing wrong: each is seen, and nothing else. */
@Tag("faults")
class HistoryCheckerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(HistoryChecker.violations(good())).isEmpty();
  }

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug("I1: event e2 of", history -> history.delivered.removeIf(event -> event.id().equals("e2"))),
        bug("I1: no event was delivered for", history -> history.committed.add(new Generation("c", 3))),
        bug("I2: event e9 of", history -> history.delivered.add(new Event("e9", "c", 2))),
        bug("I2: event e1 of", history -> history.delivered.add(new Event("e1", "c", 7))),
        bug("I3: 2 Jobs were created by dns for generation 1 of c",
            history -> history.jobs.add(new JobMade("dns", "c", "1", "", "twin"))),
        bug("I4: the report of dns about c went from generation 2 back to 1",
            history -> history.reports.add(new StoredReport("c", "dns", 1, NOW.plusSeconds(9)))),
        bug("I4: the report of dns about c went back from",
            history -> history.reports.add(new StoredReport("c", "dns", 2, NOW.plusMillis(1)))),
        bug("I5: c was Ready at generation 2 without [dns]",
            history -> history.ready.add(new ReadyMoment("c", 2, Set.of("placement")))),
        bug("I6: c is still NotReady", history -> history.unconverged.put("c", "NotReady")),
        bug("I7: the log holds the secret 'canary...'",
            history -> history.outputs.put("the log", "connecting with canary-password")),
        bug("I7: the log holds what looks like a secret",
            history -> history.outputs.put("the log", "Authorization: Bearer abcdefghijkl")),
        bug("I8: threads went from 40 to 90, 20 more are allowed",
            history -> history.usages.add(new Usage("threads", 40, 90, 20))),
        bug("I9: the rollout of dns went to wave 1 of b without", history -> history.rollouts.remove(0)),
        bug("I9: the rollout of dns went to wave 2 of b without", history -> history.rollouts.remove(1)),
        bug("I9: the rollout of dns went to wave 1 of x without",
            history -> history.rollouts.add(new RolloutState("dns", "x", "rolling", 1, 2))),
        bug("I9: the rollout of dns went from wave 2 of b back to 1",
            history -> history.rollouts.add(3, new RolloutState("dns", "b", "rolling", 1, 2))),
        bug("I9: the rollout of dns went to wave 2 of b while it was halted",
            history -> history.rollouts.set(1, new RolloutState("dns", "b", "halted", 1, 2))),
        bug("I9: the rollout of dns ended after wave 1 of 2", history -> history.rollouts.remove(2),
            history -> history.rollouts.set(2, new RolloutState("dns", "b", "done", 1, 2))),
        bug("I9: c follows the revision x of dns",
            history -> history.followed.add(new FollowedState("c", "dns", "x", false))));
  }

  @SafeVarargs
  private static Arguments bug(String violation, Consumer<History>... bugs) {
    Consumer<History> all = history -> Stream.of(bugs).forEach(bug -> bug.accept(history));
    return Arguments.of(violation, all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void seesWhatIsWrong(String violation, Consumer<History> bug) {
    var history = good();

    bug.accept(history);

    assertThat(HistoryChecker.violations(history)).anyMatch(text -> text.startsWith(violation))
        .allMatch(text -> text.startsWith(violation.substring(0, 2)));
  }

  private static History good() {
    var history = new History();
    history.required.addAll(Set.of("dns", "placement"));
    for (int wave = 0; wave <= 2; wave++) {
      history.rollouts.add(new RolloutState("dns", "b", "rolling", wave, 2));
    }
    history.rollouts.add(new RolloutState("dns", "b", "done", 2, 2));
    history.followed.add(new FollowedState("c", "dns", "b", true));
    history.secrets.add("canary-password");
    for (int generation = 1; generation <= 2; generation++) {
      var event = new Event("e" + generation, "c", generation);
      history.committed.add(event.about());
      history.outbox.add(event);
      history.delivered.add(event);
      history.delivered.add(event);
      history.jobs.add(new JobMade("dns", "c", String.valueOf(generation), "", "uid-" + generation));
      // A new generation may come with an earlier time.
      history.reports.add(new StoredReport("c", "dns", generation, NOW.plusSeconds(3 - generation)));
      history.ready.add(new ReadyMoment("c", generation, Set.of("dns", "placement", "extra")));
    }
    history.outputs.put("the log", "all is well");
    history.usages.add(new Usage("threads", 40, 50, 20));
    return history;
  }
}
