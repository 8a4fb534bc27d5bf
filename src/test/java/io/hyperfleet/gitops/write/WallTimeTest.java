package io.hyperfleet.gitops.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Commits are dated by the clock on the wall. */
class WallTimeTest {

  private final TestClock clock = new TestClock();

  @Test
  void commitsAreDatedByTheClockOfTheWall() {
    var wall = new TestClock();
    var time = new WallTime(clock, wall);
    var event = clock.instant();
    clock.advance(Duration.ofSeconds(5));
    wall.advance(Duration.ofHours(3));
    assertThat(time.of(event)).isEqualTo(wall.instant().minusSeconds(5));
  }
}
