package io.hyperfleet.election;

import io.hyperfleet.operation.ReadinessCheck;

/** Somebody leads: without a leader nobody does the work of an elected role, however many processes wait for it. */
public final class LeaderCheck implements ReadinessCheck {

  private final Leadership leadership;

  public LeaderCheck(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  public String name() {
    return "leader";
  }

  @Override
  public String check() {
    var problem = leadership.problem();
    return problem.isEmpty() ? OK : problem;
  }
}
