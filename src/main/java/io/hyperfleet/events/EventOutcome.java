package io.hyperfleet.events;

import io.hyperfleet.problem.Problem;
import java.util.UUID;

/**
 * What became of one event that was asked for.
 *
 * @param aggregateId as sent, or null when there was none
 * @param eventId the event, also when it was waiting already; null when another caller was faster, or on rejection
 * @param rejection why there is no event, else null
 */
public record EventOutcome(String aggregateId, UUID eventId, Status status, Problem rejection) {

  /** What became of it. */
  public enum Status {
    /** A new event waits to be published. */
    ACCEPTED("accepted", "Event accepted, it will be published"),
    /** A waiting event, or the caller who was faster, does what was asked for. */
    COALESCED("coalesced", "An event that was there already stands for this one"),
    /** There is no event. */
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
