package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  @Test
  void doublesAfterEachFailureUpToTheLongestPause() {
    assertThat(java.util.stream.IntStream.rangeClosed(1, 6).mapToObj(backoff::after).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
  }

  @Test
  void staysAtTheLongestPauseHoweverOftenItFails() {
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
  }
}
