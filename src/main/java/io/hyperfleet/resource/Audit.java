package io.hyperfleet.resource;

import java.time.Instant;

/**
 * Who did what to a resource, and when.
 *
 * @param deletedTime when it was asked to go, or null; such a resource is finalizing
 */
public record Audit(
    Instant createdTime,
    String createdBy,
    Instant updatedTime,
    String updatedBy,
    Instant deletedTime,
    String deletedBy) {

  static Audit created(Instant time, String caller) {
    return new Audit(time, caller, time, caller, null, null);
  }

  Audit updated(Instant time, String caller) {
    return new Audit(createdTime, createdBy, time, caller, deletedTime, deletedBy);
  }

  Audit deleted(Instant time, String caller) {
    return new Audit(createdTime, createdBy, time, caller, time, caller);
  }
}
