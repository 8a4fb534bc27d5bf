package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the reconciler from undoing what has just happened: CREATE and DELETE for something that changed a moment ago
 * wait until it has been quiet. Of each object at most one waits, the last. The caller looks again at what is released,
 * since the cluster may have changed meanwhile.
 */
public final class TimeFilter {

  private final Duration quiet;
  private final Map<String, Instant> lastEventTimes = new HashMap<>();
  private final Map<String, GitOpsEvent> waiting = new HashMap<>();

  public TimeFilter(Duration quiet) {
    this.quiet = quiet;
  }

  /** Notes a change in the cluster. */
  public synchronized void changed(GitOpsEvent event, Instant now) {
    lastEventTimes.put(key(event), now);
  }

  /** The event when it may go on now; else it is kept. */
  public synchronized Optional<GitOpsEvent> admit(GitOpsEvent event, Instant now) {
    boolean filtered = event.operation() == Operation.CREATE || event.operation() == Operation.DELETE;
    if (filtered && isRecent(key(event), now)) {
      waiting.put(key(event), event);
      return Optional.empty();
    }
    return Optional.of(event);
  }

  /** What has waited long enough, and is waiting no longer; changes that are long ago are forgotten. */
  public synchronized List<GitOpsEvent> due(Instant now) {
    var due = new ArrayList<GitOpsEvent>();
    waiting.entrySet().removeIf(entry -> !isRecent(entry.getKey(), now) && due.add(entry.getValue()));
    lastEventTimes.keySet().removeIf(key -> !isRecent(key, now));
    return due;
  }

  private boolean isRecent(String key, Instant now) {
    var last = lastEventTimes.get(key);
    return last != null && now.isBefore(last.plus(quiet));
  }

  /** Another process writes now. */
  synchronized void clear() {
    waiting.clear();
    lastEventTimes.clear();
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized int remembered() {
    return lastEventTimes.size();
  }

  private static String key(GitOpsEvent event) {
    return event.destination() + " " + event.identifier().key();
  }
}
