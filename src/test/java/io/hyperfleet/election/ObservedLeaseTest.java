package io.hyperfleet.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedLeaseTest {

  private static final ZonedDateTime SOME_TIME = ZonedDateTime.parse("2026-11-21T10:00:00Z");
  private static final int HISTORIES = 2_000;

  private final ObservedLease observed = new ObservedLease("me", Duration.ofSeconds(15));

  private static Lease lease(String holder, Integer seconds, ZonedDateTime renewed) {
    return new LeaseBuilder().withNewMetadata().withName("l").endMetadata().withNewSpec().withHolderIdentity(holder)
        .withLeaseDurationSeconds(seconds).withRenewTime(renewed).withLeaseTransitions(3).endSpec().build();
  }

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", textBlock = """
      other, 15, 14.9, false
      other, 15, 15.0, true
      other, -,  14.9, false
      other, -,  15.0, true
      other, 0,  14.9, false
      other, 60, 59.9, false
      other, 60, 60.0, true
      me,    15, 0.0,  true
      '',    15, 0.0,  true
      -,     -,  0.0,  true
      """)
  void aLeaseIsFreeOnceItsHolderHasSaidNothingForItsDuration(String holder, Integer duration, double after,
      boolean free) {
    observed.see(lease(holder, duration, SOME_TIME), seconds(100));

    observed.see(lease(holder, duration, SOME_TIME), seconds(100 + after));
    assertThat(observed.isMineOrFree(seconds(100 + after))).isEqualTo(free);
  }

  @Test
  void aLeaseThatIsNotThereIsFree() {
    observed.see(null, 0);
    assertThat(observed.isMineOrFree(0)).isTrue();
    assertThat(observed.isHeld(0)).isFalse();
    assertThat(observed.transitions()).isZero();
  }

  @Test
  void aLeaseGoesFromOneHolderToAnother() {
    observed.see(lease("other", 15, SOME_TIME), 0);
    assertThat(observed.transitions()).isEqualTo(4);
    observed.see(lease("me", 15, SOME_TIME), 0);
    assertThat(observed.transitions()).isEqualTo(3);
  }

  /** Whatever the holder's clock says, even where it stands still or goes back: what it writes anew is a renewal. */
  @Test
  void noClockOfAnotherMachineMakesALeaseExpireOrLast() {
    var random = new Random(57);
    for (int history = 0; history < HISTORIES; history++) {
      var seen = new ObservedLease("me", Duration.ofSeconds(15));
      long now = random.nextLong() / 2;
      int duration = 1 + random.nextInt(60);
      for (int renewal = 0; renewal < 20; renewal++) {
        // Skews of up to three years, in either direction, and never the same twice.
        var written = SOME_TIME.plusNanos((random.nextInt(200_000_000) - 100_000_000) * 1_000_000_000L + renewal);
        seen.see(lease("other", duration, written), now);
        long silence = (long) (random.nextDouble() * 2 * seconds(duration));
        assertThat(seen.isMineOrFree(now + silence)).as("%s s of %s", silence / 1e9, duration)
            .isEqualTo(silence >= seconds(duration));
        now += silence;
      }
    }
  }
}
