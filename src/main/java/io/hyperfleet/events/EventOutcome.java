package io.hyperfleet.events;

import io.hyperfleet.problem.Problem;
import java.util.UUID;

/**
 * Result of a requested event.
 *
 * @param aggregateId as sent, or null if missing
 * @param eventId the event, even if already pending; null if another caller was faster, if the last event still waits
 * in the adapters' queues, or if rejected
 * @param rejection the reason for a rejection, or null
 */
public record EventOutcome(String aggregateId, UUID eventId, Status status, Problem rejection) {

  /** What became of it. */
  public enum Status {
    /** A new event was created. */
    ACCEPTED("accepted", "Event accepted, it will be published"),
    /** Coalesced with an event that waits to be published or handled, or another caller's request. */
    COALESCED("coalesced", "Coalesced with a pending event"),
    /** No event was created. */
    REJECTED("rejected", "Event rejected");

    private final String word;
    private final String message;

    Status(String word, String message) {
      this.word = word;
      this.message = message;
    }

    public String word() {
      return word;
    }

    public String message() {
      return message;
    }
  }

  static EventOutcome rejected(String aggregateId, Problem problem) {
    return new EventOutcome(aggregateId, null, Status.REJECTED, problem);
  }

  static EventOutcome of(EventRequest request, UUID eventId, Status status) {
    return new EventOutcome(request.aggregateId(), eventId, status, null);
  }
}
