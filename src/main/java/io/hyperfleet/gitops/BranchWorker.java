package io.hyperfleet.gitops;

import io.hyperfleet.git.BranchFile;
import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.operation.Pace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Writes to one branch, for all destinations in it: collects events in windows, makes commits of them and pushes these. What
 * the remote has not acknowledged stays here, of each file at least the last state, and is written again on top of whatever
 * the remote holds by then.
 */
class BranchWorker {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  /** After a failure that only an operator can mend. */
  private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

  private final BranchKey key;
  private final BranchStore store;
  private final GitOpsProperties.Push properties;
  private final CommitMaker commits;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final PendingWrites writes;
  private boolean started;
  private boolean damaged;
  private int failures;
  private Instant nextAttempt = Instant.MIN;
  private Instant nextPush = Instant.MIN;

  BranchWorker(BranchKey key, BranchStore store, GitOpsProperties properties, CommitMaker commits, GitOpsMonitor monitor,
      Clock clock) {
    this.key = key;
    this.store = store;
    this.properties = properties.push();
    this.commits = commits;
    this.monitor = monitor;
    this.clock = clock;
    this.writes = new PendingWrites(properties.commit());
    monitor.watch(key, writes);
  }

  /** Takes an event to commit it later. Does not wait for Git. */
  void accept(GitOpsEvent event) {
    writes.add(event, clock.instant());
  }

  /** Closes the windows that have been quiet. */
  void closeWindows() {
    writes.closeDue(clock.instant());
  }

  /** Makes commits of the windows that are closed. */
  synchronized void commit() {
    if (writes.next() != null && !clock.instant().isBefore(nextAttempt)) {
      attempt(() -> {
        start();
        commitClosed();
      });
    }
  }

  /** Pushes what was committed, unless the last push was a moment ago. */
  synchronized void push() {
    if (writes.hasUnacknowledged() && !clock.instant().isBefore(nextPush) && !clock.instant().isBefore(nextAttempt)) {
      attempt(this::pushCommits);
    }
  }

  /** Commits and pushes everything, whatever the time, for a process that stops. */
  synchronized void flush() {
    writes.closeAll();
    if (writes.next() != null || writes.hasUnacknowledged()) {
      attempt(() -> {
        start();
        commitClosed();
        pushCommits();
      });
    }
  }

  /**
   * Reads files of a folder as they are at the remote, with what is committed but not pushed on top.
   *
   * @throws GitException when the remote cannot be asked
   */
  synchronized <T> T read(String folder, Reader<T> reader) throws GitException {
    try {
      start();
      catchUp();
      return reader.read(store.files(folder), store);
    } catch (GitException e) {
      failed(e);
      throw e;
    }
  }

  /** Reads files of the branch. */
  interface Reader<T> {
    T read(List<BranchFile> files, BranchStore store) throws GitException;
  }

  private interface GitWork {
    void run() throws GitException;
  }

  private void attempt(GitWork work) {
    try {
      work.run();
    } catch (GitException e) {
      failed(e);
    }
  }

  private void start() throws GitException {
    if (damaged) {
      store.discard();
      damaged = false;
      started = false;
    }
    if (!started) {
      catchUp();
      started = true;
    }
  }

  /** Stands on what the remote holds now, with what it does not have on top. */
  private void catchUp() throws GitException {
    if (store.sync()) {
      writes.again();
      commitClosed();
    }
  }

  private void commitClosed() throws GitException {
    for (var write = writes.next(); write != null; write = writes.next()) {
      var result = commits.commit(store, write);
      writes.committed(!result.changed().isEmpty());
      monitor.committed(key, write, result);
    }
  }

  private void pushCommits() throws GitException {
    var began = clock.instant();
    if (!writes.hasUnacknowledged()) {
      return;
    }
    for (int attempt = 1; attempt <= properties.attempts(); attempt++) {
      if (store.push()) {
        monitor.pushed(key, writes.acknowledged(), began, clock.instant());
        failures = 0;
        nextPush = clock.instant().plus(properties.cooldown());
        return;
      }
      monitor.pushConflict(key);
      catchUp();
    }
    throw new GitException(Reason.CONNECTION_FAILED, "the remote's " + key + " moved at each of "
        + properties.attempts() + " attempts to push", null);
  }

  /** What was committed is to be committed again, after a pause, without what has been overwritten by then. */
  private void failed(GitException failure) {
    failures++;
    boolean transientFailure = failure.reason() == Reason.CONNECTION_FAILED || failure.reason() == Reason.LOCAL_STORE_FAILED;
    var pause = new Pace(transientFailure ? FIRST_PAUSE : LONG_PAUSE, properties.backoffMax()).after(failures);
    nextAttempt = clock.instant().plus(pause);
    damaged |= failure.reason() == Reason.LOCAL_STORE_FAILED;
    store.rewind();
    writes.failed();
    monitor.failed(key, failure, pause);
  }

  /** Ends the use of the clone. */
  synchronized void close() throws IOException {
    store.close();
  }
}
