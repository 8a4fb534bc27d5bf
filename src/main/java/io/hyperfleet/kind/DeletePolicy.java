package io.hyperfleet.kind;

/** Handling of a kind's resources when their owner is deleted. */
public enum DeletePolicy {
  /** They are deleted with it. */
  CASCADE,
  /** While one of them is not being deleted, its owner cannot be. */
  RESTRICT
}
