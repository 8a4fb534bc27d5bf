package io.hyperfleet.schedule;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How far each required adapter has come through its queue of events, from the reports that this process has taken. Of
 * an adapter that has reported on no event for five seconds nothing is known: its queue may be empty, or nobody at
 * work. Reports without the time of an event tell nothing.
 */
@Component
@ConditionalOnRole(Role.API)
public class HandledEvents {

  private static final Duration BUSY = Duration.ofSeconds(5);

  /** Anything else that calls itself an adapter would only take memory. */
  private final Set<String> required;
  private final Duration busy;
  private final Map<String, Handled> byAdapter = new HashMap<>();

  @Autowired
  HandledEvents(Kinds kinds) {
    this(kinds, BUSY);
  }

  HandledEvents(Kinds kinds, Duration busy) {
    this.required = kinds.all().stream().map(Kind::requiredAdapters).flatMap(List::stream)
        .collect(Collectors.toUnmodifiableSet());
    this.busy = busy;
  }

  private record Handled(Instant newest, long until) {}

  /**
   * An adapter has handled an event.
   *
   * @param written when the event was written, by the adapter's account; null = unknown
   * @param now the database's time, which no event is newer than
   */
  public synchronized void handled(String adapter, Instant written, Instant now) {
    if (written != null && required.contains(adapter)) {
      var before = byAdapter.get(adapter);
      var newest = written.isAfter(now) ? now : written;
      byAdapter.put(adapter, new Handled(
          before == null || newest.isAfter(before.newest()) ? newest : before.newest(),
          System.nanoTime() + busy.toNanos()));
    }
  }

  /** When the newest event was written that a busy adapter has handled; null = unknown, or it is not busy. */
  public synchronized Instant newest(String adapter) {
    var found = byAdapter.get(adapter);
    return found == null || found.until() - System.nanoTime() <= 0 ? null : found.newest();
  }
}
