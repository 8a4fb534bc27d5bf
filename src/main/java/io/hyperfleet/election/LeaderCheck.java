package io.hyperfleet.election;

import io.hyperfleet.operation.ReadinessCheck;

/** Checks that there is a leader, without which no process does the work of an elected role. */
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
