package io.hyperfleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a rollout at a look; its plan has three waves, a pause of 60 s, and halts at 10 percent. */
class RolloutStepTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(15);
  private static final RolloutPlan PLAN = new RolloutPlan(
      Collections.nCopies(3, new RolloutPlan.Wave(Optional.empty(), 100)), Duration.ofSeconds(60), 10,
      Duration.ofSeconds(300));

  /** Seconds are those since the last wave moved, or since the adapter is governed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      before every process of the API knows       | rolling | 0 | 14  | 0   | 0  | 0 | 0  | no  | stay
      once each does                              | rolling | 0 | 15  | 0   | 0  | 0 | 0  | no  | wave 1
      what cannot be loaded before anything moved | rolling | 0 | 0   | 0   | 0  | 0 | 0  | yes | halt
      healthy, in the pause                       | rolling | 1 | 59  | 10  | 0  | 0 | 0  | no  | stay
      healthy, after the pause                    | rolling | 1 | 60  | 10  | 0  | 0 | 0  | no  | wave 2
      a wave that takes nobody                    | rolling | 1 | 60  | 0   | 0  | 0 | 0  | no  | wave 2
      the wave before the last one                | rolling | 2 | 61  | 100 | 0  | 0 | 0  | no  | wave 3
      the last one, in the pause                  | rolling | 3 | 59  | 100 | 0  | 0 | 0  | no  | stay
      the last one, after it                      | rolling | 3 | 60  | 100 | 0  | 0 | 0  | no  | done
      the first that fails of ten                 | rolling | 1 | 1   | 10  | 1  | 0 | 0  | no  | halt
      fewer of a hundred than it halts at         | rolling | 2 | 60  | 100 | 9  | 0 | 0  | no  | wave 3
      as many of a hundred as it halts at         | rolling | 2 | 60  | 100 | 10 | 0 | 0  | no  | halt
      failed in the pause                         | rolling | 2 | 2   | 100 | 60 | 0 | 0  | no  | halt
      somebody has not answered                   | rolling | 1 | 200 | 100 | 0  | 1 | 0  | no  | stay
      the same, and some of them too late         | rolling | 1 | 200 | 100 | 0  | 3 | 2  | no  | stay
      too late, fewer than it halts at            | rolling | 1 | 400 | 100 | 0  | 2 | 2  | no  | wave 2
      too late, as many as it halts at            | rolling | 1 | 400 | 10  | 0  | 1 | 1  | no  | halt
      failed and too late together                | rolling | 1 | 400 | 100 | 5  | 5 | 5  | no  | halt
      what cannot be loaded later                 | rolling | 2 | 1   | 100 | 0  | 0 | 0  | yes | halt
      halted and well again                       | halted  | 1 | 999 | 10  | 0  | 0 | 0  | no  | stay
      halted and worse                            | halted  | 1 | 999 | 10  | 9  | 0 | 0  | yes | stay
      done                                        | done    | 3 | 999 | 10  | 9  | 0 | 0  | yes | stay
      """)
  void decides(String story, String state, int wave, int seconds, int moved, int failed, int pending, int overdue,
      String obstacle, String next) {
    var step = RolloutStep.next(rollout(state, wave), PLAN,
        new RolloutProgress(moved, moved - failed - pending, failed, pending, overdue),
        obstacle.equals("yes") ? "it cannot be loaded" : null, BEGAN.plusSeconds(seconds), SETTLE);
    assertThat(word(step)).isEqualTo(next);
  }

  @Test
  void saysWhyItHalts() {
    var step = RolloutStep.next(rollout("rolling", 1), PLAN, new RolloutProgress(12, 8, 3, 1, 1), null, BEGAN, SETTLE);
    assertThat(step).isEqualTo(new RolloutStep.Halt("4 of 12 moved resources do worse: 3 became Health=False or lost "
        + "Available, 1 have not answered in time; it halts at 10 percent"));
  }

  @Test
  void haltsAtTheFirstWhereNoneIsAllowed() {
    var none = new RolloutPlan(PLAN.waves(), PLAN.pause(), 0, PLAN.within());
    assertThat(RolloutStep.next(rollout("rolling", 1), none, new RolloutProgress(10_000, 9_999, 1, 0, 0), null, BEGAN,
        SETTLE)).isInstanceOf(RolloutStep.Halt.class);
    assertThat(RolloutStep.next(rollout("rolling", 1), none, new RolloutProgress(10_000, 10_000, 0, 0, 0), null,
        BEGAN.plusSeconds(60), SETTLE)).isEqualTo(new RolloutStep.Move(2));
  }

  /** Whatever is seen, waves come one by one, and nothing moves while somebody has not answered in time. */
  @Test
  void leavesNoWaveOutAndGoesOnOnlyWhenItMay() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var states = List.of("rolling", "halted", "done");
      var rollout = rollout(states.get(random.nextInt(3)), random.nextInt(4));
      int moved = random.nextInt(50);
      int failed = random.nextInt(moved + 1);
      int pending = random.nextInt(moved - failed + 1);
      int overdue = random.nextInt(pending + 1);
      int seconds = random.nextInt(130);
      var step = RolloutStep.next(rollout, PLAN,
          new RolloutProgress(moved, moved - failed - pending, failed, pending, overdue),
          random.nextInt(5) == 0 ? "it cannot be loaded" : null, BEGAN.plusSeconds(seconds), SETTLE);
      if (step instanceof RolloutStep.Move move) {
        assertThat(move.wave()).isEqualTo(rollout.wave() + 1).isLessThanOrEqualTo(PLAN.waves().size());
      }
      if (step instanceof RolloutStep.Finish) {
        assertThat(rollout.wave()).isEqualTo(PLAN.waves().size());
      }
      if (!(step instanceof RolloutStep.Stay)) {
        assertThat(rollout.state()).isEqualTo(Rollout.State.ROLLING);
      }
      if (rollout.wave() > 0 && (step instanceof RolloutStep.Move || step instanceof RolloutStep.Finish)) {
        assertThat(pending).isEqualTo(overdue);
        assertThat((failed + overdue) * 100).isLessThanOrEqualTo(10 * moved);
        assertThat(seconds).isGreaterThanOrEqualTo(60);
      }
    }
  }

  private static Rollout rollout(String state, int wave) {
    return new Rollout("dns", "Cluster", "a", "b", Rollout.State.of(state), wave, 3, BEGAN, BEGAN, null, null, BEGAN,
        false, BEGAN);
  }

  private static String word(RolloutStep step) {
    return step instanceof RolloutStep.Move move
        ? "wave " + move.wave()
        : step instanceof RolloutStep.Halt
            ? "halt"
            : step instanceof RolloutStep.Finish ? "done" : "stay";
  }
}
