package io.hyperfleet.status;

import java.time.Instant;

/**
 * The result of a condition rule for a resource.
 *
 * @param reason or null
 * @param message or null
 */
public record MappedCondition(String type, boolean holds, String reason, String message) {

  Condition at(int generation, Instant updated, Instant reference, Condition previous) {
    var status = holds ? Condition.TRUE : Condition.FALSE;
    var kept = previous != null && previous.status().equals(status);
    return new Condition(type, status, reason, message, generation,
        previous == null ? reference : previous.createdTime(), updated, kept ? previous.lastTransitionTime() : updated);
  }
}
