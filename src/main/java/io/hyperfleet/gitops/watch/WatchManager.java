package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.Prune;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.WatchRule.Change;
import io.hyperfleet.gitops.author.Attribution;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.manifest.Sanitizer;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;

/**
 * Makes events of what happens in the cluster, whatever it is: UPDATE (the event flow seed, "upsert"). It knows what the
 * cluster holds, and lets events of the reconciler through when nothing has changed lately.
 */
public class WatchManager {

  private static final Duration STARTING = Duration.ofMillis(20);

  private final WatchSources sources;
  private final ClusterObjects objects;
  private final Attribution attribution;
  private final TimeFilter filter;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final Duration startupTimeout;
  private final Map<String, StartupGate> gates = new HashMap<>();
  private final Map<String, Destination> destinations = new HashMap<>();
  private final LastContents lastContents = new LastContents();
  /** What the first comparisons have seen. */
  private final Map<String, Set<ResourceIdentifier>> snapshots = new HashMap<>();
  /** Another process writes: everything is held, whatever is still under way. */
  private boolean following;

  public WatchManager(WatchSources sources, Destinations destinations, ClusterObjects objects, Attribution attribution,
      GitOpsProperties properties, GitOpsMonitor monitor, Clock clock) {
    this.sources = sources;
    this.objects = objects;
    this.attribution = attribution;
    this.monitor = monitor;
    this.clock = clock;
    this.filter = new TimeFilter(properties.reconcile().quietPeriod());
    this.startupTimeout = properties.reconcile().startupTimeout();
    var latest = clock.instant().plus(startupTimeout);
    destinations.all().forEach(destination -> {
      this.destinations.put(destination.name(), destination);
      gates.put(destination.name(), new StartupGate(latest, startupTimeout));
    });
    monitor.watch(filter);
    monitor.watch(attribution);
  }

  /** Adds routes for what can be watched by now; a route that is added while Camel starts would never be started. */
  public void watch(CamelContext context) throws InterruptedException {
    while (context.getStatus().isStarting()) {
      Thread.sleep(STARTING.toMillis());
    }
    sources.watch(context);
  }

  /** Takes a change that an informer saw; {@link #changes} has what comes of it. */
  public synchronized void changed(@Variable("source") String route, @Variable("action") String action,
      @Variable("missed") boolean missed, @Variable("before") Map<String, Object> before, @Body Map<String, Object> object) {
    var source = sources.source(route);
    var change = new StartupGate.Change(source, action, missed, before, object);
    if (objects.isIgnored(identify(change))) {
      return;
    }
    source.targets().stream().map(WatchSource.Target::destination).distinct().forEach(destination -> {
      if (!gates.get(destination.name()).hold(identify(change).key(), change, clock.instant())) {
        handle(destination, change);
      }
    });
  }

  /** The first comparison of a destination is made: what happened meanwhile goes on. */
  public synchronized void opened(String destination) {
    if (following) {
      return;
    }
    var compared = snapshots.getOrDefault(destination, Set.of());
    gates.get(destination).open().forEach(change -> {
      var id = identify(change);
      if (change.action().equals("ADDED") && compared.contains(id)) {
        // It was there before; the comparison has seen to it.
        objects.render(id, change.object()).ifPresent(manifest -> lastContents.changes(destination, id, manifest));
      } else {
        handle(destinations.get(destination), change);
      }
    });
    snapshots.remove(destination);
  }

  /** The events to go on with: an UPDATE for each destination that a change matters to. One caller at a time. */
  public synchronized List<GitOpsEvent> changes() {
    gates.entrySet().stream().filter(gate -> gate.getValue().isOverdue(clock.instant())).map(Map.Entry::getKey).toList()
        .forEach(this::opened);
    return attribution.known(clock.instant());
  }

  private void handle(Destination destination, StartupGate.Change change) {
    var id = identify(change);
    if (change.action().equals("DELETED") || objects.isLeaving(change.object())) {
      gone(destination, id, change);
    } else if (isWanted(destination, change, change.action().equals("ADDED") ? Change.CREATE : Change.UPDATE)) {
      objects.render(id, change.object()).ifPresent(manifest -> {
        if (lastContents.changes(destination.name(), id, manifest)) {
          add(change, GitOpsEvent.update(destination, id, manifest, Attribution.byFieldManager(change.before(), change.object()),
              clock.instant()), false);
        } else {
          monitor.duplicateSkipped();
        }
      });
    }
  }

  /**
   * A deletion. Of one that nobody heard of the next comparison decides, which knows when it is too many; and an object that
   * is there again, or that another rule still sees, tells so itself.
   */
  private void gone(Destination destination, ResourceIdentifier id, StartupGate.Change change) {
    lastContents.forget(destination.name(), id);
    if (!change.missed() && destination.prune() != Prune.NEVER && isWanted(destination, change, Change.DELETE)
        && !objects.exists(destination.name(), id)) {
      add(change, GitOpsEvent.deletion(destination, id, objects.trailers(change.object()), clock.instant()), true);
    }
  }

  private void add(StartupGate.Change change, GitOpsEvent event, boolean gone) {
    filter.changed(event, clock.instant());
    attribution.add(event, change.object(), gone, clock.instant());
  }

  private static boolean isWanted(Destination destination, StartupGate.Change change, Change wanted) {
    return change.source().targets().stream().anyMatch(target ->
        target.destination().equals(destination) && target.rule().operations().contains(wanted));
  }

  private static ResourceIdentifier identify(StartupGate.Change change) {
    var metadata = Sanitizer.map(change.object().get("metadata"));
    return change.source().identify((String) metadata.get("namespace"), String.valueOf(metadata.get("name")));
  }

  /** Whether changes go on at once, in every destination. */
  public synchronized boolean isLive() {
    return gates.values().stream().allMatch(StartupGate::isOpen);
  }

  /** What the cluster holds of a destination. */
  public synchronized ClusterState state(String destination, Scope scope, long request) {
    var state = objects.state(destination, scope, request);
    if (!gates.get(destination).isOpen()) {
      snapshots.put(destination, state.resources());
    }
    return state;
  }

  /** This process no longer writes: as at the start, changes wait for a comparison. */
  public synchronized void standDown() {
    following = true;
    gates.replaceAll((destination, gate) -> new StartupGate(Instant.MAX, startupTimeout));
    snapshots.clear();
    lastContents.clear();
    attribution.clear();
    filter.clear();
  }

  /** This process writes from now on; what has changed waits for the first comparison, but no longer than this. */
  public synchronized void takeOver() {
    following = false;
    gates.values().forEach(gate -> gate.extend(clock.instant().plus(startupTimeout)));
  }

  /** Events that wait for their author: nobody has time to wait any more. */
  public List<GitOpsEvent> remaining() {
    return attribution.known(Instant.MAX);
  }

  /** Objects that are remembered or held, in all destinations. */
  public synchronized int remembered() {
    return lastContents.size() + gates.values().stream().mapToInt(StartupGate::size).sum();
  }

  /** Lets events of the reconciler through; one that would undo what has just happened is kept until the object is quiet. */
  public List<GitOpsEvent> admit(@Body List<GitOpsEvent> events) {
    return events.stream().flatMap(event -> filter.admit(event, clock.instant()).stream()).toList();
  }

  /** What has been kept for long enough and is still true. */
  public List<GitOpsEvent> released() {
    return filter.due(clock.instant()).stream().filter(event ->
        event.operation() == Operation.CREATE ? objects.exists(event.destination(), event.identifier())
            : objects.isGone(event.destination(), event.identifier())).toList();
  }
}
