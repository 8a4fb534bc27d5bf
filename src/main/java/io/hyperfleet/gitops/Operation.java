package io.hyperfleet.gitops;

/** What an event asks for. */
public enum Operation {
  /** Something changed in the cluster, just now: created, changed or deleted. */
  UPDATE,
  /** It is in the cluster but not in Git. */
  CREATE,
  /** It is in Git but no longer in the cluster. */
  DELETE,
  /** It is in both; Git has to hold what the cluster holds. */
  RECONCILE_RESOURCE;

  /** Whether the reconciler asks, and not the cluster. */
  public boolean isReconciliation() {
    return this != UPDATE;
  }
}
