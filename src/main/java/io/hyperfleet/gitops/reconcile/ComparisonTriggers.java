package io.hyperfleet.gitops.reconcile;

/**
 * Tells when a comparison is to come before its time: the remote had moved, a watch has missed something, or a kind is
 * known that was not. Not for several threads.
 */
final class ComparisonTriggers {

  private boolean complete;
  private long restarts;
  private long conflicts;

  /**
   * Whether something has happened since the last call. What a watch has missed counts once the watch is back.
   *
   * @param completeNow whether everything of the cluster is known
   * @param restartsNow how often watches have been taken up again
   * @param conflictsNow how often the remote had moved
   */
  boolean fired(boolean completeNow, long restartsNow, long conflictsNow) {
    boolean recovered = completeNow && (!complete || restartsNow != restarts);
    boolean moved = conflictsNow != conflicts;
    complete = completeNow;
    conflicts = conflictsNow;
    if (completeNow) {
      restarts = restartsNow;
    }
    return recovered || moved;
  }
}
