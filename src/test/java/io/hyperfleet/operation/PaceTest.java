package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10));

  @Test
  void doublesAfterEachFailureUpToTheLongestPause() {
    assertThat(java.util.stream.IntStream.rangeClosed(1, 6).mapToObj(pace::after).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
  }

  @Test
  void staysAtTheLongestPauseHoweverOftenItFails() {
    assertThat(pace.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
  }
}
