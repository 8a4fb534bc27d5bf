package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The gates of all destinations: changes wait for the first comparison or pass at once. */
public class StartupGates {

  private final Clock clock;
  private final Duration startupTimeout;
  private final Map<String, Destination> destinations = new LinkedHashMap<>();
  private final Map<String, StartupGate> gates = new LinkedHashMap<>();
  /** The objects that the first comparisons have seen. */
  private final Map<String, Set<ResourceIdentifier>> snapshots = new LinkedHashMap<>();
  /** Another process writes: all changes are held, including those in progress. */
  private boolean following;
  private int term;

  public StartupGates(Destinations destinations, GitOpsProperties properties, Clock clock) {
    this.clock = clock;
    this.startupTimeout = properties.reconcile().startupTimeout();
    become(destinations);
  }

  /**
   * Applies a changed list of destinations: new and changed ones wait for a comparison, as at startup; others continue.
   */
  public final synchronized void become(Destinations wanted) {
    var latest = following ? Instant.MAX : clock.instant().plus(startupTimeout);
    wanted.all().forEach(destination -> {
      if (!destination.equals(destinations.put(destination.name(), destination))) {
        gates.put(destination.name(), new StartupGate(latest, startupTimeout));
        snapshots.remove(destination.name());
      }
    });
    var kept = wanted.all().stream().map(Destination::name).collect(Collectors.toSet());
    List.of(destinations, gates, snapshots).forEach(byName -> byName.keySet().retainAll(kept));
  }

  /** A change for each destination that watches the object. */
  public synchronized List<LiveChange> destinations(@Body WatchedChange change) {
    return change.source().targets().stream().map(WatchSource.Target::destination).distinct()
        .map(destination -> new LiveChange(destination, change, false, term)).toList();
  }

  /** Whether a change passes at once; if not, it is held until the destination's first comparison. */
  public synchronized boolean passes(@Body LiveChange change) {
    var gate = gates.get(change.destination().name());
    return gate != null && !gate.hold(change.watched(), clock.instant());
  }

  /**
   * The first comparison of a destination is done: held changes pass, one after the other, before new ones. The gate
   * opens when the last one has been handled.
   */
  public synchronized Iterator<LiveChange> release(@Variable("destination") String destination) {
    return following || !gates.containsKey(destination) ? Collections.emptyIterator() : new Release(destination);
  }

  /** The same for a destination that was not compared in time; empty if there is none. */
  public synchronized Iterator<LiveChange> overdue() {
    var now = clock.instant();
    return gates.entrySet().stream().filter(gate -> gate.getValue().isOverdue(now)).map(Map.Entry::getKey).findFirst()
        .map(this::release).orElse(Collections.emptyIterator());
  }

  private final class Release implements Iterator<LiveChange> {

    private final String destination;
    private final StartupGate gate;
    private LiveChange next;

    Release(String destination) {
      this.destination = destination;
      this.gate = gates.get(destination);
      gate.release(this);
    }

    @Override
    public boolean hasNext() {
      synchronized (StartupGates.this) {
        if (next == null && gates.get(destination) == gate) {
          next = gate.next(this).map(this::change).orElse(null);
          if (gate.isOpen()) {
            snapshots.remove(destination);
          }
        }
        return next != null;
      }
    }

    private LiveChange change(WatchedChange watched) {
      // The comparison has handled what existed before.
      boolean compared = watched.isAddition()
          && snapshots.getOrDefault(destination, Set.of()).contains(watched.identifier());
      return new LiveChange(destinations.get(destination), watched, compared, term);
    }

    @Override
    public LiveChange next() {
      var change = next;
      next = null;
      return change;
    }
  }

  /** Records the objects that a comparison sees in a destination, as long as changes wait for it. */
  public synchronized void compared(String destination, Set<ResourceIdentifier> resources) {
    if (gates.containsKey(destination) && !gates.get(destination).isOpen()) {
      snapshots.put(destination, resources);
    }
  }

  /** Whether changes pass at once in every destination. */
  public synchronized boolean areOpen() {
    return gates.values().stream().allMatch(StartupGate::isOpen);
  }

  /** Whether a change began after this process became the writer. */
  synchronized boolean isCurrent(LiveChange change) {
    return change.term() == term;
  }

  /** Number of held changes. */
  public synchronized int held() {
    return gates.values().stream().mapToInt(StartupGate::size).sum();
  }

  /** This process no longer writes: as at startup, changes wait for a comparison. */
  public synchronized void standDown() {
    following = true;
    term++;
    gates.replaceAll((destination, gate) -> new StartupGate(Instant.MAX, startupTimeout));
    snapshots.clear();
  }

  /** This process is the writer now; changes wait for the first comparison, but no longer than this. */
  public synchronized void takeOver() {
    following = false;
    gates.values().forEach(gate -> gate.extend(clock.instant().plus(startupTimeout)));
  }
}
