package io.hyperfleet.gitops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds changes back until the first comparison of a destination, so that what happened while nobody looked is told as the
 * reconciler's work. Of each object it holds the last change. Not for several threads.
 */
final class StartupGate {

  /** A change of an object as the informer told it. */
  record Change(WatchSource source, String action, Map<String, Object> before, Map<String, Object> object) {}

  private Instant latest;
  private final Map<String, Change> held = new LinkedHashMap<>();
  private boolean open;

  StartupGate(Instant latest) {
    this.latest = latest;
  }

  /** Whether the change was taken; else it is to be handled now. */
  boolean hold(String key, Change change) {
    if (open) {
      return false;
    }
    held.remove(key);
    held.put(key, change);
    return true;
  }

  /** Lets it stay closed for longer. */
  void extend(Instant until) {
    latest = until;
  }

  boolean isOverdue(Instant now) {
    return !open && !now.isBefore(latest);
  }

  /** Opens it. What was held is to be handled now, in this order. */
  List<Change> open() {
    open = true;
    var changes = new ArrayList<>(held.values());
    held.clear();
    return changes;
  }

  boolean isOpen() {
    return open;
  }
}
