package io.hyperfleet.status;

import java.time.Instant;

/**
 * The state of an adapter for the current generation of a resource.
 *
 * @param is its state
 * @param reason its own, or null
 * @param detail what it waits for or what to do; null if the reason is sufficient
 * @param since since when, or null where that is not known
 */
record AdapterStanding(Is is, String reason, String detail, Instant since) {

  /** States, the worst first. */
  enum Is {
    FAILED, SUSPENDED, RETRYING, SILENT, WAITING, IN_PROGRESS, DONE
  }

  private static final String PRECONDITIONS_NOT_MET = "PreconditionsNotMet";
  private static final String WAITING = "Waiting for dependencies to be met: ";

  static AdapterStanding of(String adapter, AdapterStatus report, Evidence evidence) {
    if (report != null && evidence.done(report)) {
      return new AdapterStanding(Is.DONE, null, null, null);
    }
    if (evidence.circumstances().suspended().contains(adapter)) {
      return new AdapterStanding(Is.SUSPENDED, null, null, null);
    }
    if (report == null || report.observedGeneration() < evidence.generation()) {
      return new AdapterStanding(Is.SILENT, null, null, evidence.reference());
    }
    if (report.retryOpen(evidence.generation())) {
      var retry = report.retry();
      return new AdapterStanding(Is.RETRYING, null,
          "attempt " + retry.wantedAttempt() + ", requested by " + retry.requestedBy() + " at "
              + retry.requestedTime(),
          null);
    }
    return evidence.deleting() ? ofDeletion(report) : ofWork(report);
  }

  private static AdapterStanding ofWork(AdapterStatus report) {
    var available = report.condition(ReportedCondition.AVAILABLE);
    if (available == null || available.status().equals(ReportedCondition.UNKNOWN)) {
      return new AdapterStanding(Is.IN_PROGRESS, available == null ? null : available.reason(), null,
          available == null ? null : available.lastTransitionTime());
    }
    if (PRECONDITIONS_NOT_MET.equals(available.reason())) {
      var message = available.message();
      return new AdapterStanding(Is.WAITING, available.reason(),
          message != null && message.startsWith(WAITING) ? message.substring(WAITING.length()) : null, null);
    }
    return new AdapterStanding(Is.FAILED, available.reason(), null, null);
  }

  /** The adapter is healthy and cleaning up; Finalized shows its progress. */
  private static AdapterStanding ofDeletion(AdapterStatus report) {
    var health = report.condition(ReportedCondition.HEALTH);
    if (health != null && health.status().equals(Condition.FALSE)) {
      return new AdapterStanding(Is.FAILED, health.reason(), null, null);
    }
    var told = report.condition(ReportedCondition.FINALIZED);
    return new AdapterStanding(Is.IN_PROGRESS, told == null ? null : told.reason(), null,
        told == null ? null : told.lastTransitionTime());
  }
}
