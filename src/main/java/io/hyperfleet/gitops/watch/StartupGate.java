package io.hyperfleet.gitops.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds changes back until the first comparison of a destination, so that what happened while nobody looked is told as the
 * reconciler's work. Of each object it holds the last change, and none that is older than the longest wait: a process that
 * waits to be elected for weeks needs the last minutes only. Not for several threads.
 */
public final class StartupGate {

  /**
   * A change of an object as the informer told it.
   *
   * @param missed whether it is a deletion that nobody heard of
   */
  public record Change(WatchSource source, String action, boolean missed, Map<String, Object> before, Map<String, Object> object) {}

  private record Held(Change change, Instant since) {}

  private final Duration longest;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private Instant latest;
  private boolean open;

  /**
   * A closed one.
   *
   * @param latest when it is to be opened though there was no comparison
   * @param longest how long a change is held
   */
  public StartupGate(Instant latest, Duration longest) {
    this.latest = latest;
    this.longest = longest;
  }

  /** Whether the change was taken; else it is to be handled now. */
  public boolean hold(String key, Change change, Instant now) {
    if (open) {
      return false;
    }
    held.remove(key);
    held.put(key, new Held(change, now));
    for (var all = held.values().iterator(); all.next().since().plus(longest).isBefore(now);) {
      all.remove();
    }
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
  public List<Change> open() {
    open = true;
    var changes = held.values().stream().map(Held::change).toList();
    held.clear();
    return changes;
  }

  boolean isOpen() {
    return open;
  }

  /** Changes that are held. */
  public int size() {
    return held.size();
  }
}
