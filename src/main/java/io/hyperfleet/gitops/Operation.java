package io.hyperfleet.gitops;

/** The operation of an event. */
public enum Operation {
  /** Something changed in the cluster, just now: created, changed or deleted. */
  UPDATE,
  /** It is in the cluster but not in Git. */
  CREATE,
  /** It is in Git but no longer in the cluster. */
  DELETE,
  /** It exists in both; Git has to match the cluster. */
  RECONCILE_RESOURCE;

  /** Whether the reconciler asks, and not the cluster. */
  public boolean isReconciliation() {
    return this != UPDATE;
  }
}
