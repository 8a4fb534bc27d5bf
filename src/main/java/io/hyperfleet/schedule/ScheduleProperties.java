package io.hyperfleet.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the next event of a resource is due.
 *
 * @param backoff Pauses between the events of a resource that is not Ready.
 * @param unanswered Longest time that a resource's next event waits for adapters that have not answered the last one; 0
 * does not wait.
 * @param readyMaxAge Age of a Ready resource's oldest required report at which the next event is due.
 */
@ConfigurationProperties("hyperfleet.schedule")
public record ScheduleProperties(@DefaultValue Backoff backoff, @DefaultValue("30s") Duration unanswered,
    @DefaultValue("30m") Duration readyMaxAge) {

  public ScheduleProperties {
    check(!unanswered.isNegative(), "unanswered", "must not be negative");
    check(!readyMaxAge.isNegative() && !readyMaxAge.isZero(), "ready-max-age", "must be positive");
  }

  /**
   * Exponential backoff.
   *
   * @param first Pause between a write, or progress, and the first event after it; never longer than initial.
   * @param initial First pause of the exponential backoff.
   * @param multiplier Factor by which each pause grows.
   * @param max Longest pause.
   * @param jitter Random variation of a pause as a fraction of it, 0 to 1.
   */
  public record Backoff(
      @DefaultValue("1s") Duration first,
      @DefaultValue("1s") Duration initial,
      @DefaultValue("2") double multiplier,
      @DefaultValue("10s") Duration max,
      @DefaultValue("0.1") double jitter) {

    public Backoff {
      check(!first.isNegative() && !first.isZero(), "backoff.first", "must be positive");
      check(!initial.isNegative() && !initial.isZero(), "backoff.initial", "must be positive");
      check(multiplier >= 1, "backoff.multiplier", "must be at least 1");
      check(max.compareTo(initial) >= 0, "backoff.max", "must be at least backoff.initial");
      check(jitter >= 0 && jitter < 1, "backoff.jitter", "must be at least 0 and below 1");
    }
  }

  private static void check(boolean valid, String key, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("hyperfleet.schedule." + key + ": " + rule);
    }
  }
}
