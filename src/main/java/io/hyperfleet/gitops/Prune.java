package io.hyperfleet.gitops;

/** Which deletions reach Git. */
public enum Prune {
  /** Deletions that were seen, and what the reconciler finds in Git alone. */
  FULL,
  /** Deletions that were seen. */
  OBSERVED,
  /** None: files stay. */
  NEVER
}
