package io.hyperfleet.resource;

import java.time.Instant;

/**
 * Who did what to a resource, and when.
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

  /** Paused, or with nulls resumed; what it is stays as old as it was. */
  Audit paused(Instant time, String caller) {
    return new Audit(createdTime, createdBy, updatedTime, updatedBy, deletedTime, deletedBy, time, caller);
  }
}
