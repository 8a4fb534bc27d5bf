package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsProperties;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pending changes of a branch: open windows, writes to commit, and unacknowledged commits. While the remote fails,
 * only the last state per file is kept.
 */
public final class PendingWrites {

  private final GitOpsProperties.Commit limits;
  private final Map<String, CommitWindow> open = new HashMap<>();
  private Deque<PendingWrite> closed = new ArrayDeque<>();
  private final List<PendingWrite> unacknowledged = new ArrayList<>();
  private PendingWrite current;
  private boolean trouble;

  public PendingWrites(GitOpsProperties.Commit limits) {
    this.limits = limits;
  }

  /** Takes an event; the window of another actor is closed by it. */
  public synchronized void add(GitOpsEvent event, Instant now) {
    var window = open.get(event.destination());
    if (window != null && !event.operation().isReconciliation()) {
      window.supersede(event);
    }
    if (window != null && !window.takes(event)) {
      close(event.destination());
      window = null;
    }
    if (window == null) {
      window = new CommitWindow(limits, event, now);
      open.put(event.destination(), window);
    } else {
      window.add(event, now);
    }
    if (window.isFull()) {
      close(event.destination());
    }
  }

  /** Closes the windows that have been quiet for long enough. */
  synchronized void closeDue(Instant now) {
    open.entrySet().stream().filter(window -> window.getValue().isDue(now)).map(Map.Entry::getKey).toList()
        .forEach(this::close);
  }

  /** Closes every window. */
  public synchronized void closeAll() {
    List.copyOf(open.keySet()).forEach(this::close);
  }

  private void close(String destination) {
    closed.addAll(open.remove(destination).writes());
    if (trouble) {
      closed = new ArrayDeque<>(PendingWrite.coalesce(new ArrayList<>(closed)));
    }
  }

  /** The next write to commit; {@code null} if there is none. */
  public synchronized PendingWrite next() {
    if (current == null) {
      current = closed.poll();
    }
    return current;
  }

  /**
   * Whether a change by a user is still to be committed to the file of an event, so that the comparison leaves it to
   * them.
   */
  synchronized boolean hasChange(GitOpsEvent event) {
    var window = open.get(event.destination());
    return window != null && window.hasChange(event.path()) || closed.stream().flatMap(write -> write.events().stream())
        .anyMatch(other -> !other.operation().isReconciliation() && other.path().equals(event.path()));
  }

  /** The next write was processed; if it made a commit, it is kept until the remote acknowledges it. */
  synchronized void committed(boolean changed) {
    if (changed) {
      unacknowledged.add(current);
    }
    current = null;
  }

  /** Another process writes now. */
  synchronized void clear() {
    open.clear();
    closed.clear();
    unacknowledged.clear();
    current = null;
  }

  /** Whether nothing is left to commit or push, so that earlier failures are over. */
  synchronized boolean isWritten() {
    boolean written = next() == null && unacknowledged.isEmpty();
    trouble &= !written;
    return written;
  }

  synchronized boolean hasUnacknowledged() {
    return !unacknowledged.isEmpty();
  }

  /** All that was committed is to be committed again, before everything else. */
  synchronized void again() {
    if (current != null) {
      closed.addFirst(current);
      current = null;
    }
    for (int i = unacknowledged.size() - 1; i >= 0; i--) {
      closed.addFirst(unacknowledged.get(i));
    }
    unacknowledged.clear();
  }

  /** The same, after a failure that may last. */
  synchronized void failed() {
    again();
    trouble = true;
    closed = new ArrayDeque<>(PendingWrite.coalesce(new ArrayList<>(closed)));
  }

  /** The remote has all that was committed: these events. */
  synchronized List<GitOpsEvent> acknowledged() {
    var events = unacknowledged.stream().flatMap(write -> write.events().stream()).toList();
    unacknowledged.clear();
    trouble = false;
    return events;
  }

  /** Events that are not at the remote. */
  public synchronized int size() {
    return open.values().stream().mapToInt(CommitWindow::size).sum()
        + (current == null ? 0 : current.events().size())
        + closed.stream().mapToInt(write -> write.events().size()).sum()
        + unacknowledged.stream().mapToInt(write -> write.events().size()).sum();
  }
}
