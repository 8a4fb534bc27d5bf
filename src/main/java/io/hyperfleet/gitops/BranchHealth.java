package io.hyperfleet.gitops;

import io.hyperfleet.git.CommitResult;
import io.hyperfleet.git.FileChange;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.operation.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How it stands with a branch and its remote. */
final class BranchHealth {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  /** After a failure that only an operator can mend. */
  private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

  private final PendingWrites writes;
  private final Set<String> refused = new TreeSet<>();
  private boolean reached;
  private GitException failure;
  private int failures;
  private long conflicts;

  BranchHealth(PendingWrites writes) {
    this.writes = writes;
  }

  /** Events that are not at the remote. */
  int pending() {
    return writes.size();
  }

  /** The remote has answered; that it would take a push is not said. */
  synchronized void reached() {
    reached = true;
    if (failure == null || failure.reason() != Reason.PUSH_REJECTED) {
      failure = null;
      failures = 0;
    }
  }

  synchronized void pushed() {
    failure = null;
    failures = 0;
  }

  synchronized void conflict() {
    conflicts++;
  }

  /** Something did not work; answers how long to wait before the next attempt. */
  synchronized Duration failed(GitException reason, Duration longest) {
    failure = reason;
    failures++;
    boolean passes = reason.reason() == Reason.CONNECTION_FAILED || reason.reason() == Reason.LOCAL_STORE_FAILED;
    return new Pace(passes ? FIRST_PAUSE : LONG_PAUSE, longest).after(failures);
  }

  synchronized void committed(CommitResult result) {
    refused.addAll(result.refused());
    result.changed().stream().map(FileChange::path).forEach(refused::remove);
  }

  /** Whether the remote has ever answered. */
  synchronized boolean isReached() {
    return reached;
  }

  /** What the last attempt failed for; {@code null} when it did not. */
  synchronized GitException failure() {
    return failure;
  }

  /** How often the remote had moved when something was to be pushed. */
  synchronized long conflicts() {
    return conflicts;
  }

  /** Paths below a folder that cannot be written. */
  synchronized List<String> refused(String folder) {
    return refused.stream().filter(path -> folder.isEmpty() || path.startsWith(folder + "/")).toList();
  }
}
