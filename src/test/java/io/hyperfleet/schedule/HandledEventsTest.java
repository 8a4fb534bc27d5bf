package io.hyperfleet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandledEventsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final HandledEvents handled = new HandledEvents(new Kinds(new KindsProperties(Map.of())));

  @Test
  void knowsTheNewestEventOfEachRequiredAdapter() {
    handled.handled("dns", NOW.minusSeconds(9), NOW);
    handled.handled("dns", NOW.minusSeconds(60), NOW);
    handled.handled("placement", NOW.minusSeconds(8), NOW);

    assertThat(handled.newest("dns")).isEqualTo(NOW.minusSeconds(9));
    assertThat(handled.newest("placement")).isEqualTo(NOW.minusSeconds(8));
    assertThat(handled.newest("validation")).isNull();
  }

  @Test
  void keepsNothingOfWhoIsNotRequired() {
    handled.handled("somebody", NOW, NOW);

    assertThat(handled.newest("somebody")).isNull();
  }

  @Test
  void takesNoEventForNewerThanNow() {
    handled.handled("dns", NOW.plusSeconds(3600), NOW);

    assertThat(handled.newest("dns")).isEqualTo(NOW);
  }

  @Test
  void knowsNothingOfReportsOnNoEvent() {
    handled.handled("dns", null, NOW);

    assertThat(handled.newest("dns")).isNull();
  }

  @Test
  void knowsNothingOfWhoIsNotBusy() {
    var atRest = new HandledEvents(new Kinds(new KindsProperties(Map.of())), Duration.ZERO);

    atRest.handled("dns", NOW, NOW);

    assertThat(atRest.newest("dns")).isNull();
  }
}
