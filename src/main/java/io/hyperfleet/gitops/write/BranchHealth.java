package io.hyperfleet.gitops.write;

import io.hyperfleet.git.CommitResult;
import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.operation.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Health of a branch and its remote. */
public final class BranchHealth {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  /** After a failure that only an operator can fix. */
  private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

  private final PendingWrites writes;
  private final Map<String, Refusal> refused = new TreeMap<>();
  private boolean reached;
  private GitException reading;
  /** That the remote can be read says little about whether it can be written. */
  private GitException writing;
  private int readFailures;
  private int writeFailures;
  private long conflicts;

  BranchHealth(PendingWrites writes) {
    this.writes = writes;
  }

  /** Events that are not at the remote. */
  public int pending() {
    return writes.size();
  }

  /** The remote has answered, which does not mean that it accepts a push. */
  synchronized void reached() {
    reached = true;
    reading = null;
    readFailures = 0;
    if (writing == null || writing.reason() == Reason.CONNECTION_FAILED) {
      written();
    }
  }

  /** The remote has everything, or nothing is left to be written. */
  synchronized void written() {
    writing = null;
    writeFailures = 0;
  }

  synchronized void conflict() {
    conflicts++;
  }

  /**
   * Something did not work; answers how long to wait before the next attempt.
   *
   * @param toWrite whether something was to be written then
   */
  synchronized Duration failed(GitException reason, boolean toWrite, Duration longest) {
    if (toWrite) {
      writing = reason;
      writeFailures++;
    } else {
      reading = reason;
      readFailures++;
    }
    boolean passes = reason.reason() == Reason.CONNECTION_FAILED || reason.reason() == Reason.LOCAL_STORE_FAILED;
    return new Backoff(passes ? FIRST_PAUSE : LONG_PAUSE, longest).after(toWrite ? writeFailures : readFailures);
  }

  synchronized void committed(PendingWrite write, CommitResult result) {
    write.events().stream().map(GitOpsEvent::path).forEach(refused::remove);
    result.refused().forEach(refusal -> refused.put(refusal.path(), refusal));
  }

  /** What is no longer to be written below a folder, nothing stands in the way of. */
  public synchronized void refusedAtMost(String folder, Set<String> paths) {
    refused(folder).stream().map(Refusal::path).filter(path -> !paths.contains(path)).forEach(refused::remove);
  }

  /** Whether the remote has ever answered. */
  public synchronized boolean isReached() {
    return reached;
  }

  /** What the last attempt failed for; {@code null} when it did not. */
  public synchronized GitException failure() {
    return reading == null ? writing : reading;
  }

  /** How often the remote had moved when something was to be pushed. */
  public synchronized long conflicts() {
    return conflicts;
  }

  /** What cannot be written below a folder, by path. */
  public synchronized List<Refusal> refused(String folder) {
    return refused.values().stream().filter(file -> folder.isEmpty() || file.path().startsWith(folder + "/")).toList();
  }
}
