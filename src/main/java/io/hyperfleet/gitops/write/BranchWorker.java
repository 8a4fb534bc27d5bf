package io.hyperfleet.gitops.write;

import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.GitException;
import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes to one branch for all its destinations: collects events in windows, commits and pushes them. Unacknowledged
 * changes, at least the last state of each file, are kept and written again on top of the remote's state.
 */
public class BranchWorker {

  private final BranchKey key;
  private final BranchStore store;
  private final GitOpsProperties.Push properties;
  private final CommitMaker commits;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final PendingWrites writes;
  private final BranchHealth health;
  private final BranchAttempts attempts;
  private boolean started;
  private boolean damaged;
  private Instant nextPush = Instant.MIN;

  BranchWorker(BranchKey key, BranchStore store, GitOpsProperties properties, CommitMaker commits,
      GitOpsMonitor monitor,
      Clock clock) {
    this.key = key;
    this.store = store;
    this.properties = properties.push();
    this.commits = commits;
    this.monitor = monitor;
    this.clock = clock;
    this.writes = new PendingWrites(properties.commit());
    this.health = new BranchHealth(writes);
    this.attempts = new BranchAttempts(key, health, monitor, properties.push().backoffMax(), clock);
    monitor.watch(key, writes::size);
  }

  /** Takes an event to commit it later. Does not wait for Git. */
  public void accept(GitOpsEvent event) {
    writes.add(event, clock.instant());
  }

  /** Closes the windows that have been quiet. */
  void closeWindows() {
    writes.closeDue(clock.instant());
  }

  /** Makes commits of the windows that are closed. */
  synchronized void commit() {
    if (writes.next() != null && !attempts.isPausing(true)) {
      attempt(true, () -> {
        start();
        commitClosed();
      });
    }
  }

  /** Pushes the commits, unless the last push was too recent. */
  synchronized void push() {
    if (writes.isWritten()) {
      health.written();
    } else if (writes.hasUnacknowledged() && !clock.instant().isBefore(nextPush) && !attempts.isPausing(true)) {
      attempt(true, this::pushCommits);
    }
  }

  /** Commits and pushes everything at once, since the process stops. */
  synchronized void flush() {
    writes.closeAll();
    if (writes.next() != null || writes.hasUnacknowledged()) {
      attempt(true, () -> {
        start();
        commitClosed();
        pushCommits();
      });
    }
  }

  /**
   * Reads files of a folder at the state of the remote plus local commits that are not yet pushed.
   *
   * @return empty when it cannot be asked, or is not to be before {@link #nextRead}
   */
  public synchronized <T> Optional<T> read(String folder, BranchReader<T> reader) {
    var result = new AtomicReference<T>();
    if (!attempts.isPausing(false)) {
      attempt(false, () -> {
        start();
        catchUp();
        result.set(reader.read(store.files(folder), store));
      });
    }
    return Optional.ofNullable(result.get());
  }

  /** After a failure, when the remote is asked again. */
  public synchronized Instant nextRead() {
    return attempts.nextRead();
  }

  /** After a failure, changes of unpushed commits are committed again, without those overwritten meanwhile. */
  private void attempt(boolean toWrite, BranchAttempts.GitWork work) {
    attempts.run(toWrite, work).ifPresent(failure -> {
      damaged |= failure.reason() == Reason.LOCAL_STORE_FAILED;
      started &= !damaged;
      store.rewind();
      writes.failed();
    });
  }

  private void start() throws GitException {
    if (damaged) {
      store.discard();
      damaged = false;
    }
    if (!started) {
      catchUp();
      started = true;
    }
  }

  /** Resets to the remote's current state and applies the unpushed changes on top. */
  private void catchUp() throws GitException {
    boolean moved = store.sync();
    health.reached();
    if (moved) {
      writes.again();
      commitClosed();
    }
  }

  private void commitClosed() throws GitException {
    for (var write = writes.next(); write != null; write = writes.next()) {
      var result = commits.commit(store, write, writes::hasChange);
      writes.committed(!result.changed().isEmpty());
      health.committed(write, result);
      monitor.committed(key, result);
    }
  }

  private void pushCommits() throws GitException {
    for (int attempt = 1; writes.hasUnacknowledged() && !pushOnce(); attempt++) {
      health.conflict();
      if (attempt == properties.attempts()) {
        throw new GitException(Reason.CONNECTION_FAILED, "the remote branch " + key + " changed during each of "
            + properties.attempts() + " push attempts", null);
      }
      catchUp();
    }
  }

  private boolean pushOnce() throws GitException {
    var began = clock.instant();
    var result = "failed";
    try {
      boolean taken = store.push();
      result = taken ? "ok" : "conflict";
      if (taken) {
        monitor.pushed(key, writes.acknowledged(), clock.instant());
        health.written();
        nextPush = clock.instant().plus(properties.cooldown());
      }
      return taken;
    } finally {
      monitor.push(key, result, Duration.between(began, clock.instant()));
    }
  }

  /** Drops pending changes: another process writes to the branch now. */
  synchronized void forget() {
    writes.clear();
    store.rewind();
  }

  /** How it stands with the branch. */
  public BranchHealth health() {
    return health;
  }

  /** Closes the clone. */
  synchronized void close() throws IOException {
    monitor.unwatch(key);
    store.close();
  }
}
