package io.hyperfleet.gitops.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds changes back until the first comparison of a destination, so that what happened while nobody looked is told as
 * the reconciler's work. Of each object it holds the last change, and none that is older than the longest wait: a
 * process that waits to be elected for weeks needs the last minutes only. It opens once the last change that it held is
 * taken out, so that none overtakes another. Not for several threads.
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

  /** Whether the change was taken; else it is to be handled now. */
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

  /** Whether nobody has begun to open it and it is time to. */
  boolean isOverdue(Instant now) {
    return !open && releasing == null && !now.isBefore(latest);
  }

  /** Begins to open it: from now on this one takes out what is held. */
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
