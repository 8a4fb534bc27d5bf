package io.hyperfleet.resource;

import java.time.Instant;

/**
 * Audit fields of a resource.
 *
 * @param deletedTime when it was asked to go, or null; such a resource is finalizing
 * @param pausedTime since when nothing is to happen to it, or null
 */
public record Audit(
    Instant createdTime,
    String createdBy,
    Instant updatedTime,
    String updatedBy,
    Instant deletedTime,
    String deletedBy,
    Instant pausedTime,
    String pausedBy) {

  static Audit created(Instant time, String caller) {
    return new Audit(time, caller, time, caller, null, null, null, null);
  }

  Audit updated(Instant time, String caller) {
    return new Audit(createdTime, createdBy, time, caller, deletedTime, deletedBy, pausedTime, pausedBy);
  }

  Audit deleted(Instant time, String caller) {
    return new Audit(createdTime, createdBy, time, caller, time, caller, pausedTime, pausedBy);
  }

  /** Paused, or with nulls resumed; the time of the last update is unchanged. */
  Audit paused(Instant time, String caller) {
    return new Audit(createdTime, createdBy, updatedTime, updatedBy, deletedTime, deletedBy, time, caller);
  }
}
