package io.hyperfleet.rollout;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How revisions of adapters reach resources.
 *
 * @param interval Interval at which each process of the API checks whether a wave can move; the first wave moves after
 * three intervals at the earliest.
 * @param rate Resources a second whose adapter is told that they follow another revision.
 */
@Validated
@ConfigurationProperties("hyperfleet.rollouts")
public record RolloutProperties(
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 10) Duration interval,
    @DefaultValue("50") @Min(1) @Max(1000) int rate) {

  private static final int LOOKS = 3;

  /** How long each process of the API takes at most to know that an adapter is governed. */
  Duration settle() {
    return interval.multipliedBy(LOOKS);
  }

  /** Resources that get an event in one poll. */
  int batch() {
    return (int) Math.max(1, rate * interval.toMillis() / 1000);
  }
}
