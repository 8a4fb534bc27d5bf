package io.hyperfleet.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.schedule.Schedule.Answer;
import io.hyperfleet.schedule.Schedule.Position;
import io.hyperfleet.schedule.Schedule.State;
import io.hyperfleet.schedule.ScheduleProperties.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration FRESH = Duration.ofSeconds(30);
  /** Whoever is asked has answered by then. */
  private static final List<Answer> ANSWERED = List.of(new Answer(NOW.plusSeconds(3600), false));
  private static final State NOT_READY = new State(false, null, ANSWERED);
  private static final State WITHOUT_ADAPTERS = new State(true, null, List.of());

  private final Schedule schedule = new Schedule(new ScheduleProperties(
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 0.1), Duration.ofSeconds(30),
      Duration.ofMinutes(30)), FRESH);

  @Test
  void pausesGrowFromOneSecondAfterTheWriteToTenSeconds() {
    var position = schedule.restart(Position.NEVER, NOT_READY, NOW, 0);
    var pauses = new ArrayList<Long>();
    pauses.add(Duration.between(NOW, position.nextEventTime()).toSeconds());
    for (int i = 0; i < 5; i++) {
      var now = position.nextEventTime();
      position = schedule.afterEvent(position, NOT_READY, now, 0);
      pauses.add(Duration.between(now, position.nextEventTime()).toSeconds());
    }

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    assertThat(position.attempt()).isEqualTo(5);
  }

  @Test
  void aWriteAndProgressStartAnew() {
    assertThat(schedule.restart(Position.NEVER, NOT_READY, NOW, 0))
        .isEqualTo(new Position(NOW.plusSeconds(1), 0, NOW, null));
  }

  @ParameterizedTest
  @CsvSource({"-1, 900", "0, 1000", "0.5, 1050", "1, 1100"})
  void jitterStretchesAPauseByATenthEitherWay(double jitter, long millis) {
    assertThat(schedule.restart(Position.NEVER, NOT_READY, NOW, jitter).nextEventTime())
        .isEqualTo(NOW.plusMillis(millis));
  }

  @Test
  void aReportThatIsNoProgressLeavesThePauseAlone() {
    var position = new Position(NOW.plusSeconds(7), 3, NOW, null);

    assertThat(schedule.afterReport(position, NOT_READY, false, NOW, 0)).isEqualTo(position);
  }

  @Test
  void aReadyResourceIsDueWhenItsOldestReportReachesItsGreatestAge() {
    var ready = new State(true, NOW.minusSeconds(60), ANSWERED);

    assertThat(schedule.afterReport(new Position(NOW.plusSeconds(7), 3, NOW, null), ready, false, NOW, 0))
        .isEqualTo(new Position(NOW.plus(Duration.ofMinutes(29)), 0, NOW, null));
  }

  @Test
  void aReadyResourceThatStopsBeingReadyIsDueSoon() {
    var position = new Position(NOW.plus(Duration.ofMinutes(29)), 0, NOW, null);

    assertThat(schedule.afterReport(position, NOT_READY, true, NOW, 0))
        .isEqualTo(new Position(NOW.plusSeconds(1), 0, NOW, null));
  }

  @Test
  void anEventThatBringsNoReportIsRepeatedWithGrowingPauses() {
    var stale = new State(true, NOW.minus(Duration.ofMinutes(31)), ANSWERED);

    var first = schedule.afterEvent(new Position(NOW.minusSeconds(60), 0, NOW, null), stale, NOW, 0);
    var second = schedule.afterEvent(first, stale, first.nextEventTime(), 0);

    assertThat(first).isEqualTo(new Position(NOW.plusSeconds(2), 1, NOW, null));
    assertThat(second).isEqualTo(new Position(NOW.plusSeconds(6), 2, NOW.plusSeconds(2), null));
  }

  @Test
  void aReportLeavesThePauseAloneWhileAnotherOneIsStale() {
    var stale = new State(true, NOW.minus(Duration.ofMinutes(31)), ANSWERED);
    var position = new Position(NOW.plusSeconds(2), 1, NOW, null);

    assertThat(schedule.afterReport(position, stale, true, NOW, 0)).isEqualTo(position);
  }

  @Test
  void anEventForAFreshReadyResourceMovesNothing() {
    var fresh = new State(true, NOW, ANSWERED);

    assertThat(schedule.afterEvent(new Position(NOW.plus(Duration.ofMinutes(30)), 0, NOW, null), fresh, NOW, 0))
        .isEqualTo(new Position(NOW.plus(Duration.ofMinutes(30)), 0, NOW, null));
  }

  @Test
  void withoutRequiredAdaptersNothingIsEverDue() {
    assertThat(schedule.restart(Position.NEVER, WITHOUT_ADAPTERS, NOW, 0)).isEqualTo(Position.NEVER);
    assertThat(schedule.afterReport(Position.NEVER, WITHOUT_ADAPTERS, true, NOW, 0)).isEqualTo(Position.NEVER);
    assertThat(schedule.afterEvent(Position.NEVER, WITHOUT_ADAPTERS, NOW, 0)).isEqualTo(Position.NEVER);
  }

  @ParameterizedTest
  @CsvSource({
      "false, 1, 0, never-processed",
      "false, 2, 0, never-processed",
      "false, 2, 1, generation-changed",
      "false, 2, 2, not-ready-max-age",
      "true, 2, 2, ready-max-age"})
  void saysWhyAResourceIsDue(boolean ready, int generation, int reported, String reason) {
    assertThat(DueReason.of(ready, generation, reported).word()).isEqualTo(reason);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 2, Duration.ofSeconds(1), 0))
        .hasMessageContaining("hyperfleet.schedule.backoff.max");
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ZERO, 2, Duration.ofSeconds(1), 0))
        .hasMessageContaining("hyperfleet.schedule.backoff.initial");
  }
}
