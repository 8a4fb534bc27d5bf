package io.hyperfleet.gitops.reconcile;

/**
 * Decides when a comparison is due early: the remote has changed, a watch has missed something, or a kind is newly
 * served. Not thread-safe.
 */
final class ComparisonTriggers {

  private boolean complete;
  private long restarts;
  private long conflicts;

  /**
   * Whether something has happened since the last call. Missed changes of a watch count once the watch is back.
   *
   * @param completeNow whether all objects of the cluster are known
   * @param restartsNow how often watches have been restarted
   * @param conflictsNow how often the remote branch had changed
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
