package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One thing to know of a destination, in the form of Kubernetes' conditions.
 *
 * @param type Ready, RepoReachable, StreamsRunning, PathAccepted, Converged or Stalled
 * @param status True, False or Unknown
 * @param reason one word for programs
 * @param message for people; holds no secret
 */
public record DestinationCondition(String type, String status, String reason, String message) {

  public static final List<String> TYPES = List.of("Ready", "RepoReachable", "StreamsRunning", "PathAccepted",
      "Converged", "Stalled");

  private static final String TRUE = "True";
  private static final String FALSE = "False";
  /** Nobody but an operator can mend these. */
  private static final Set<Reason> LASTING = Set.of(Reason.AUTH_FAILED, Reason.SECRET_NOT_FOUND,
      Reason.SECRET_MALFORMED,
      Reason.HOST_KEY_UNKNOWN, Reason.REPOSITORY_UNSUPPORTED, Reason.PUSH_REJECTED);

  /** 1 for True, 0 for False, -1 for Unknown. */
  public int value() {
    return status.equals(TRUE) ? 1 : status.equals(FALSE) ? 0 : -1;
  }

  /** All conditions, in the order of {@link #TYPES}. */
  static List<DestinationCondition> of(DestinationFacts facts) {
    var conditions = new ArrayList<>(List.of(repoReachable(facts), streamsRunning(facts), pathAccepted(facts),
        converged(facts), stalled(facts)));
    conditions.add(0, ready(conditions));
    return conditions;
  }

  private static DestinationCondition ready(List<DestinationCondition> others) {
    return others.stream()
        .filter(other -> other.type().equals("Stalled")
            ? other.status().equals(TRUE)
            : !other.type().equals("Converged") && !other.status().equals(TRUE)
                || other.reason().equals("NotCompared"))
        .findFirst().map(cause -> new DestinationCondition("Ready", FALSE, cause.reason(), cause.message()))
        .orElse(new DestinationCondition("Ready", TRUE, "Ready", ""));
  }

  private static DestinationCondition repoReachable(DestinationFacts facts) {
    var failure = facts.failure();
    if (failure != null && failure.reason() != Reason.PUSH_REJECTED) {
      return new DestinationCondition("RepoReachable", FALSE, failure.reason().word(), failure.getMessage());
    }
    return facts.reached()
        ? new DestinationCondition("RepoReachable", TRUE, "Reached", "")
        : new DestinationCondition("RepoReachable", "Unknown", "Checking", "");
  }

  private static DestinationCondition streamsRunning(DestinationFacts facts) {
    return facts.incomplete().isEmpty()
        ? new DestinationCondition("StreamsRunning", TRUE, "Watching", "")
        : new DestinationCondition("StreamsRunning", FALSE, "SnapshotIncomplete",
            "not all is known of " + facts.incomplete() + "; nothing of these is deleted");
  }

  private static DestinationCondition pathAccepted(DestinationFacts facts) {
    if (!facts.refused().isEmpty()) {
      return new DestinationCondition("PathAccepted", FALSE, "UnmanagedContent", counted(facts.refused())
          + ". What is in the way is left as it is: move it elsewhere, or delete it, and the file is written at the next comparison");
    }
    return facts.unmanaged().isEmpty()
        ? new DestinationCondition("PathAccepted", TRUE, "Accepted", "")
        : new DestinationCondition("PathAccepted", TRUE, "UnmanagedContent",
            counted(facts.unmanaged()) + ". What is not this destination's is left as it is");
  }

  private static String counted(List<Refusal> files) {
    return files.size() == 1 ? files.get(0).toString() : files.size() + " files, the first: " + files.get(0);
  }

  private static DestinationCondition converged(DestinationFacts facts) {
    if (!facts.compared()) {
      return new DestinationCondition("Converged", "Unknown", "NotCompared",
          "cluster and Git have not been compared yet");
    }
    if (facts.held().isPresent()) {
      return new DestinationCondition("Converged", FALSE, "MassDeleteHeld", facts.held().get().toString());
    }
    return facts.pending() == 0
        ? new DestinationCondition("Converged", TRUE, "Pushed", "")
        : new DestinationCondition("Converged", FALSE, "Pending", facts.pending() + " changes are not at the remote");
  }

  private static DestinationCondition stalled(DestinationFacts facts) {
    var failure = facts.failure();
    if (failure != null && LASTING.contains(failure.reason())) {
      return new DestinationCondition("Stalled", TRUE, failure.reason().word(), failure.getMessage());
    }
    return facts.held().map(held -> new DestinationCondition("Stalled", TRUE, "MassDeleteHeld", held.toString()))
        .orElse(new DestinationCondition("Stalled", FALSE, "Progressing", ""));
  }
}
