package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.route.PollFailures.Streak;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollFailuresTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void slowsDownWhileFailuresGoOn() {
    var streak = Streak.first(START);
    assertThat(streak.until()).isEqualTo(START.plusSeconds(1));

    for (int pause : new int[]{2, 4, 8, 10, 10}) {
      // The next poll begins as soon as the pause is over, and fails half a second later.
      var failed = streak.until().plusMillis(500);
      streak = streak.next(streak.until(), Streak.first(failed));
      assertThat(streak.until()).isEqualTo(failed.plusSeconds(pause));
    }
  }

  @Test
  void countsAPollThatTookLongAsInARow() {
    var streak = Streak.first(START);
    var failed = streak.until().plusSeconds(30);

    assertThat(streak.next(streak.until().plusMillis(10), Streak.first(failed)).failures()).isEqualTo(2);
  }

  @Test
  void beginsAnewAfterPollsThatWorked() {
    var streak = new Streak(5, START);
    var failed = START.plusSeconds(60);

    assertThat(streak.next(failed, Streak.first(failed))).isEqualTo(Streak.first(failed));
  }
}
