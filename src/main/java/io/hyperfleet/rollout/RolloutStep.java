package io.hyperfleet.rollout;

import java.time.Duration;
import java.time.Instant;

/** The next state of a rollout: a pure decision, made by whichever process polls. */
sealed interface RolloutStep {

  /** Nothing changes. */
  record Stay() implements RolloutStep {}

  /** The next wave moves. */
  record Move(int wave) implements RolloutStep {}

  /** Nothing further is touched. */
  record Halt(String reason) implements RolloutStep {}

  /** Everything follows. */
  record Finish() implements RolloutStep {}

  /**
   * Decides.
   *
   * @param obstacle why nothing can follow the revision, or null
   * @param settle how long each process of the API takes at most to know that the adapter is governed
   */
  static RolloutStep next(Rollout rollout, RolloutPlan plan, RolloutProgress progress, String obstacle, Instant now,
      Duration settle) {
    if (rollout.state() != Rollout.State.ROLLING) {
      return new Stay();
    }
    if (obstacle != null) {
      return new Halt(obstacle);
    }
    if (rollout.wave() == 0) {
      return now.isBefore(rollout.governedTime().plus(settle)) ? new Stay() : new Move(1);
    }
    if (progress.isBad(plan.haltPercent())) {
      return new Halt(progress.describe(plan.haltPercent()));
    }
    if (progress.pending() > progress.overdue() || now.isBefore(rollout.waveTime().plus(plan.pause()))) {
      return new Stay();
    }
    return rollout.wave() < plan.waves().size() ? new Move(rollout.wave() + 1) : new Finish();
  }
}
