package io.hyperfleet.gitops;

/** Which deletions are mirrored to Git. */
public enum Prune {
  /** Observed deletions, and objects that a comparison finds only in Git. */
  FULL,
  /** Deletions that were seen. */
  OBSERVED,
  /** None: files stay. */
  NEVER
}
