package io.hyperfleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.cel.CelEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waves as a folder declares them. */
class RolloutPlanTest {

  private static final RolloutPlan PLAN = plan(Map.of("waves",
      List.of(Map.of("match", "cluster.labels.canary == 'true'"), Map.of("percent", 10), Map.of("percent", 100))));

  @Test
  void hasDefaults() {
    assertThat(PLAN.pause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(PLAN.within()).isEqualTo(Duration.ofMinutes(10));
    assertThat(PLAN.haltPercent()).isEqualTo(5);
    assertThat(RolloutPlan.of(Map.of("for", "Cluster"), CelEngine.untimed())).as("at once").isEmpty();
  }

  @Test
  void takesWhatIsWritten() {
    var plan = plan(Map.of("waves", List.of(Map.of("percent", 100)), "pause", "90s",
        "haltWhen", Map.of("percent", 0, "within", "2h")));
    assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(90));
    assertThat(plan.within()).isEqualTo(Duration.ofHours(2));
    assertThat(plan.haltPercent()).isZero();
  }

  @Test
  void takesCanariesFirstAndNobodyOfWhomItCannotBeSaid() {
    assertThat(PLAN.waveOf("Cluster", id(1), Map.of("labels", Map.of("canary", "true")))).isEqualTo(1);
    assertThat(PLAN.waveOf("Cluster", id(1), Map.of("labels", Map.of("canary", "no")))).isGreaterThan(1);
    assertThat(PLAN.waveOf("Cluster", id(1), Map.of("labels", Map.of()))).as("no label").isGreaterThan(1);
    assertThat(PLAN.waveOf("Cluster", id(1), Map.of())).as("no labels").isGreaterThan(1);
  }

  /** 10,000 ids: about a tenth is in the wave of 10 percent, the same ones each time, and among those of 20. */
  @Test
  void percentagesAreStableAndGrow() {
    var twenty = plan(Map.of("waves", List.of(Map.of("percent", 20), Map.of("percent", 100))));
    long taken = IntStream.range(0, 10_000).filter(i -> {
      int wave = PLAN.waveOf("Cluster", id(i), Map.of());
      assertThat(wave).isEqualTo(PLAN.waveOf("Cluster", id(i), Map.of("spec", Map.of("changed", i))));
      if (wave == 2) {
        assertThat(twenty.waveOf("Cluster", id(i), Map.of())).isEqualTo(1);
      }
      return wave == 2;
    }).count();
    assertThat(taken).isBetween(850L, 1150L);
  }

  private static String id(long number) {
    return new UUID(0x01a22d5d41327000L, 0xa2b0dc3512000000L + number).toString();
  }

  private static RolloutPlan plan(Map<String, Object> rollout) {
    return RolloutPlan.of(Map.of("for", "Cluster", "rollout", rollout), CelEngine.untimed()).orElseThrow();
  }
}
