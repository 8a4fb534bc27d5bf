package io.hyperfleet.rollout;

/**
 * What became of the resources that have moved.
 *
 * @param moved all of them, but those that are paused or being deleted
 * @param healthy those that follow and are as well as before
 * @param failed those that follow and became Health=False, or lost Available
 * @param pending those that have not answered yet
 * @param overdue pending ones that have taken too long
 */
public record RolloutProgress(long moved, long healthy, long failed, long pending, long overdue) {

  private static final int ALL = 100;

  /** Whether so many of a hundred do worse; none never do. */
  boolean isBad(int percent) {
    long worse = failed + overdue;
    return worse > 0 && worse * ALL >= percent * moved;
  }

  /** What is bad, for people. */
  String describe(int percent) {
    return failed + overdue + " of " + moved + " moved resources do worse: " + failed
        + " became Health=False or lost Available, " + overdue + " have not answered in time; it halts at " + percent
        + " percent";
  }
}
