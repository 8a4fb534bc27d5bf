package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way through a list: where the next page begins, and when a look is left out. */
class SweepTest {

  private static final Map<String, Object> ITEM = Map.of("id", "c1", "next_event_time", "2026-01-01T00:00:00Z");

  private final Sweep sweep = new Sweep(true, "", 2, null);

  @Test
  void aLookThatFoundNothingIsFollowedByOneThatIsLeftOut() {
    sweep.advance(List.of());

    assertThat(sweep.rests()).isTrue();
    assertThat(sweep.rests()).isFalse();
  }

  @Test
  void whileSomethingIsDueNoLookIsLeftOut() {
    sweep.advance(List.of(ITEM));

    assertThat(sweep.rests()).isFalse();
  }

  @Test
  void aFullPageIsFollowedByWhatStandsBehindIt() {
    sweep.advance(List.of(ITEM, ITEM));

    assertThat(sweep.query()).isEqualTo("due=true&size=2&after=2026-01-01T00%3A00%3A00Z%2Cc1");
    assertThat(sweep.rests()).isFalse();

    sweep.advance(List.of(ITEM));

    assertThat(sweep.query()).isEqualTo("due=true&size=2");
  }
}
