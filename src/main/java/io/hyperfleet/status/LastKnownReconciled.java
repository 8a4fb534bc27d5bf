package io.hyperfleet.status;

import java.time.Instant;
import java.util.List;

/**
 * The sticky aggregate: whether the resource was reconciled when last known. A new generation alone does not reset it;
 * a False at its generation does.
 */
final class LastKnownReconciled {

  private LastKnownReconciled() {}

  static Condition of(Evidence evidence) {
    var previous = evidence.previous(Aggregation.LAST_KNOWN_RECONCILED);
    var words = evidence.words();
    var verdict = verdict(words, words.size() == evidence.required().size(), previous);
    int generation = generation(words, verdict, previous);
    var updated = updated(words, verdict, generation, previous == null
        ? evidence.reference()
        : previous.lastUpdatedTime());
    var status = verdict.holds ? Condition.TRUE : Condition.FALSE;
    var kept = previous != null && previous.status().equals(status);
    return new Condition(Aggregation.LAST_KNOWN_RECONCILED, status, verdict.reason, verdict.message, generation,
        previous == null ? evidence.reference() : previous.createdTime(), updated,
        kept ? previous.lastTransitionTime() : updated);
  }

  private enum Verdict {
    RECONCILED(true, "AllAdaptersReconciled", "Every required adapter was Available"), STILL_RECONCILED(true,
        "AllAdaptersReconciled", "Every required adapter was Available at the generation observed"), MISSING(false,
            "AdaptersMissingReports", "Not every required adapter has given a definite report"), NOT_AVAILABLE(false,
                "AdapterReportedNotAvailable", "A required adapter is not Available"), MIXED(false,
                    "AdaptersNotAtSameGeneration", "The required adapters are Available at different generations");

    private final boolean holds;
    private final String reason;
    private final String message;

    Verdict(boolean holds, String reason, String message) {
      this.holds = holds;
      this.reason = reason;
      this.message = message;
    }
  }

  private static Verdict verdict(List<LastDefinitive> words, boolean complete, Condition previous) {
    if (!complete) {
      return Verdict.MISSING;
    }
    var sticky = previous != null && previous.holds();
    if (words.stream().allMatch(LastDefinitive::available)) {
      var uniform = words.stream().mapToInt(LastDefinitive::observedGeneration).distinct().count() == 1;
      return uniform ? Verdict.RECONCILED : sticky ? Verdict.STILL_RECONCILED : Verdict.MIXED;
    }
    var contradicted = sticky && words.stream()
        .anyMatch(word -> !word.available() && word.observedGeneration() == previous.observedGeneration());
    return sticky && !contradicted ? Verdict.STILL_RECONCILED : Verdict.NOT_AVAILABLE;
  }

  private static int generation(List<LastDefinitive> words, Verdict verdict, Condition previous) {
    if (verdict == Verdict.STILL_RECONCILED) {
      return previous.observedGeneration();
    }
    return words.stream().mapToInt(LastDefinitive::observedGeneration).max()
        .orElse(previous == null ? 1 : previous.observedGeneration());
  }

  private static Instant updated(List<LastDefinitive> words, Verdict verdict, int generation, Instant otherwise) {
    var said = words.stream().filter(word -> word.observedGeneration() == generation).toList();
    var counts = verdict == Verdict.RECONCILED
        || !verdict.holds && said.stream().anyMatch(word -> !word.available());
    return counts
        ? said.stream().map(LastDefinitive::observedTime).min(Instant::compareTo).orElse(otherwise)
        : otherwise;
  }
}
