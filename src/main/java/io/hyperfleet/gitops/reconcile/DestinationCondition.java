package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A condition of a destination, in the form of Kubernetes' conditions.
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
  /** Only an operator can fix these. */
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
            "initial list not complete for " + facts.incomplete() + "; no objects of these kinds are deleted");
  }

  private static DestinationCondition pathAccepted(DestinationFacts facts) {
    if (!facts.refused().isEmpty()) {
      return new DestinationCondition("PathAccepted", FALSE, "UnmanagedContent", counted(facts.refused())
          + ". Conflicting files are left unchanged: move or delete them, and the next comparison writes the file");
    }
    return facts.unmanaged().isEmpty()
        ? new DestinationCondition("PathAccepted", TRUE, "Accepted", "")
        : new DestinationCondition("PathAccepted", TRUE, "UnmanagedContent",
            counted(facts.unmanaged()) + ". Files of others are left unchanged");
  }

  private static String counted(List<Refusal> files) {
    return files.size() == 1 ? files.get(0).toString() : files.size() + " files, the first: " + files.get(0);
  }

  private static DestinationCondition converged(DestinationFacts facts) {
    if (!facts.compared()) {
      return new DestinationCondition("Converged", "Unknown", "NotCompared",
          "cluster and Git not yet compared");
    }
    if (facts.held().isPresent()) {
      return new DestinationCondition("Converged", FALSE, "MassDeleteHeld", facts.held().get().toString());
    }
    return facts.pending() == 0
        ? new DestinationCondition("Converged", TRUE, "Pushed", "")
        : new DestinationCondition("Converged", FALSE, "Pending", facts.pending() + " changes not yet pushed");
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
