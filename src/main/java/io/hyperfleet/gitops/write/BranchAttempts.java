package io.hyperfleet.gitops.write;

import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.GitException;
import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.GitOpsMonitor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Attempts to read and write a branch, each with a backoff after failures: a branch that cannot be written can still be
 * compared. Not thread-safe.
 */
final class BranchAttempts {

  /** What is tried. */
  interface GitWork {
    void run() throws GitException;
  }

  private final BranchKey key;
  private final BranchHealth health;
  private final GitOpsMonitor monitor;
  private final Duration longestPause;
  private final Clock clock;
  private Instant nextRead = Instant.MIN;
  private Instant nextWrite = Instant.MIN;

  BranchAttempts(BranchKey key, BranchHealth health, GitOpsMonitor monitor, Duration longestPause, Clock clock) {
    this.key = key;
    this.health = health;
    this.monitor = monitor;
    this.longestPause = longestPause;
    this.clock = clock;
  }

  /**
   * Tries something, to write or else to read. What Git's library breaks down on may be a damaged clone.
   *
   * @return the failure; empty if it succeeded
   */
  Optional<GitException> run(boolean toWrite, GitWork work) {
    try {
      work.run();
      return Optional.empty();
    } catch (GitException e) {
      return Optional.of(failed(e, toWrite));
    } catch (RuntimeException e) {
      return Optional.of(failed(new GitException(Reason.LOCAL_STORE_FAILED,
          "the local clone of " + key + " cannot be used: " + e, e), toWrite));
    }
  }

  private GitException failed(GitException failure, boolean toWrite) {
    var pause = health.failed(failure, toWrite, longestPause);
    if (toWrite) {
      nextWrite = clock.instant().plus(pause);
    } else {
      nextRead = clock.instant().plus(pause);
    }
    monitor.failed(key, failure, pause);
    return failure;
  }

  /** Whether it failed a moment ago. */
  boolean isPausing(boolean toWrite) {
    return clock.instant().isBefore(toWrite ? nextWrite : nextRead);
  }

  /** When the next attempt to read is due. */
  Instant nextRead() {
    return nextRead;
  }
}
