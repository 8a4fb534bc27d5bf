package io.hyperfleet.gitops.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds changes until the first comparison of a destination, so that earlier changes are attributed to the reconciler.
 * It holds the last change per object, up to a maximum age: a process that waits for leadership for weeks needs only
 * the last minutes. It opens once the last held change is removed, so that order is kept. Not thread-safe.
 */
final class StartupGate {

  private record Held(WatchedChange change, Instant since) {}

  private final Duration longest;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private Instant latest;
  private boolean open;
  private Object releasing;

  /**
   * A closed one.
   *
   * @param latest when it is to be opened though there was no comparison
   * @param longest how long a change is held
   */
  StartupGate(Instant latest, Duration longest) {
    this.latest = latest;
    this.longest = longest;
  }

  /** Whether the change is held; otherwise it must be handled now. */
  boolean hold(WatchedChange change, Instant now) {
    if (open) {
      return false;
    }
    var key = change.identifier().key();
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

  /** Whether it is time to open it and nothing has begun to. */
  boolean isOverdue(Instant now) {
    return !open && releasing == null && !now.isBefore(latest);
  }

  /** Begins to open it: from now on, this caller takes the held changes. */
  void release(Object by) {
    releasing = by;
  }

  /** The next change that was held, in their order; none, and the gate is open, when that was the last. */
  Optional<WatchedChange> next(Object by) {
    if (releasing != by) {
      return Optional.empty();
    }
    var all = held.values().iterator();
    open |= !all.hasNext();
    if (open) {
      return Optional.empty();
    }
    var next = all.next().change();
    all.remove();
    return Optional.of(next);
  }

  boolean isOpen() {
    return open;
  }

  /** Changes that are held. */
  int size() {
    return held.size();
  }
}
