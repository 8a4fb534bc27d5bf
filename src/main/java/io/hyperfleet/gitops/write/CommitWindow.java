package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one actor to one destination since the last quiet period: the last state per file. Not thread-safe.
 */
final class CommitWindow {

  private final GitOpsProperties.Commit limits;
  private final GitOpsEvent first;
  private final Instant opened;
  private final Map<String, GitOpsEvent> events = new LinkedHashMap<>();
  private Instant last;
  private long bytes;

  CommitWindow(GitOpsProperties.Commit limits, GitOpsEvent first, Instant now) {
    this.limits = limits;
    this.first = first;
    this.opened = now;
    add(first, now);
  }

  /**
   * Whether an event belongs to the same commit: of the same actor and kind. An event with an unknown author belongs to
   * the change that it undoes.
   */
  boolean takes(GitOpsEvent event) {
    return event.operation() == first.operation()
        && (event.actor().equals(first.actor())
            || event.actor().equals(Actor.UNKNOWN) && events.containsKey(event.path()));
  }

  /** Drops the comparison's event for a file that has just changed: the author of that change is its author. */
  void supersede(GitOpsEvent change) {
    if (first.operation().isReconciliation()) {
      remove(change.path());
    }
  }

  /** Whether it contains a user's change of a file. */
  boolean hasChange(String path) {
    return !first.operation().isReconciliation() && events.containsKey(path);
  }

  void add(GitOpsEvent event, Instant now) {
    // A file that is changed again moves to the end.
    remove(event.path());
    events.put(event.path(), event);
    bytes += size(event);
    last = now;
  }

  private void remove(String path) {
    var before = events.remove(path);
    bytes -= before == null ? 0 : size(before);
  }

  private static int size(GitOpsEvent event) {
    return event.content() == null ? 0 : event.content().length;
  }

  boolean isFull() {
    return limits.window().isZero() || events.size() >= limits.maxFiles() || bytes >= limits.maxBytes().toBytes();
  }

  /** Whether it was quiet for long enough, or has been open for too long. */
  boolean isDue(Instant now) {
    return !now.isBefore(last.plus(limits.window())) || !now.isBefore(opened.plus(limits.maxAge()));
  }

  int size() {
    return events.size();
  }

  /** A write for each actor that is left, in the order of their last changes. */
  List<PendingWrite> writes() {
    var writes = new LinkedHashMap<Actor, List<GitOpsEvent>>();
    events.values().forEach(event -> writes.computeIfAbsent(event.actor(), actor -> new ArrayList<>()).add(event));
    return writes.values().stream().map(PendingWrite::new).toList();
  }
}
