package io.hyperfleet.gitops;

import io.hyperfleet.gitops.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.BaseFolderReconciler.Scope;
import io.hyperfleet.gitops.WatchRule.Change;
import io.hyperfleet.kubernetes.WatchedObjects;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;

/**
 * Makes events of what happens in the cluster, whatever it is: UPDATE (the event flow seed, "upsert"). It knows what the
 * cluster holds, and lets events of the reconciler through when nothing has changed lately.
 */
public class WatchManager implements ClusterContents {

  private final WatchSources sources;
  private final Manifests manifests;
  private final Attribution attribution;
  private final TimeFilter filter;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final Map<String, StartupGate> gates = new HashMap<>();
  private final Map<String, Destination> destinations = new HashMap<>();
  private final LastContents lastContents = new LastContents();
  /** What the first comparisons have seen. */
  private final Map<String, Set<ResourceIdentifier>> snapshots = new HashMap<>();
  private CamelContext camel;

  WatchManager(WatchSources sources, Destinations destinations, Manifests manifests, Attribution attribution,
      GitOpsProperties properties, GitOpsMonitor monitor, Clock clock) {
    this.sources = sources;
    this.manifests = manifests;
    this.attribution = attribution;
    this.monitor = monitor;
    this.clock = clock;
    this.filter = new TimeFilter(properties.reconcile().quietPeriod());
    var latest = clock.instant().plus(properties.reconcile().startupTimeout());
    destinations.all().forEach(destination -> {
      this.destinations.put(destination.name(), destination);
      gates.put(destination.name(), new StartupGate(latest));
    });
    monitor.watch(filter);
    monitor.watch(attribution);
  }

  /** Adds routes for what can be watched by now. */
  public void watch(CamelContext context) {
    camel = context;
    sources.watch(context);
  }

  /** Takes a change that an informer saw; {@link #changes} has what comes of it. */
  public synchronized void changed(@Variable("source") String route, @Variable("action") String action,
      @Variable("before") Map<String, Object> before, @Body Map<String, Object> object) {
    var source = sources.source(route);
    var change = new StartupGate.Change(source, action, before, object);
    source.targets().stream().map(WatchSource.Target::destination).distinct().forEach(destination -> {
      if (!gates.get(destination.name()).hold(identify(source, object).key(), change)) {
        handle(destination, change);
      }
    });
  }

  /** The first comparison of a destination is made: what happened meanwhile goes on. */
  synchronized void opened(String destination) {
    var compared = snapshots.getOrDefault(destination, Set.of());
    gates.get(destination).open().forEach(change -> {
      var id = identify(change.source(), change.object());
      if (change.action().equals("ADDED") && compared.contains(id)) {
        // It was there before; the comparison has seen to it.
        lastContents.changes(destination, id, render(id, change.object()));
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
    var id = identify(change.source(), change.object());
    boolean gone = change.action().equals("DELETED");
    if (!wanted(destination, change)) {
      return;
    }
    var manifest = gone ? current(destination.name(), id).orElse(null) : render(id, change.object());
    if (manifest == null && !gone || gone && manifest == null && destination.prune() == Prune.NEVER) {
      return;
    }
    if (!lastContents.changes(destination.name(), id, manifest)) {
      monitor.duplicateSkipped();
      return;
    }
    var actor = gone ? Actor.UNKNOWN : Attribution.byFieldManager(change.object());
    var event = GitOpsEvent.update(destination, id, manifest, actor, clock.instant());
    filter.changed(event, clock.instant());
    attribution.add(event, change.object(), gone, clock.instant());
  }

  private static boolean wanted(Destination destination, StartupGate.Change change) {
    var wanted = switch (change.action()) {
      case "ADDED" -> Change.CREATE;
      case "MODIFIED" -> Change.UPDATE;
      default -> Change.DELETE;
    };
    return change.source().targets().stream().anyMatch(target ->
        target.destination().equals(destination) && target.rule().operations().contains(wanted));
  }

  private Manifest render(ResourceIdentifier id, Map<String, Object> object) {
    try {
      return manifests.of(object);
    } catch (RuntimeException e) {
      monitor.unrenderable(id, e);
      return null;
    }
  }

  static ResourceIdentifier identify(WatchSource source, Map<String, Object> object) {
    var metadata = Sanitizer.map(object.get("metadata"));
    return identify(source, (String) metadata.get("namespace"), String.valueOf(metadata.get("name")));
  }

  private static ResourceIdentifier identify(WatchSource source, String namespace, String name) {
    return new ResourceIdentifier(source.type().group(), source.type().version(), source.type().resource(),
        namespace == null ? "" : namespace, name);
  }

  @Override
  public Optional<Manifest> current(String destination, ResourceIdentifier id) {
    return sources.of(destination).stream().filter(source -> source.covers(id))
        .flatMap(source -> sources.objects(camel, source).stream())
        .flatMap(objects -> objects.find(id.namespace(), id.name()).stream())
        .findFirst().map(manifests::of);
  }

  /** Whether changes go on at once, in every destination. */
  synchronized boolean isLive() {
    return gates.values().stream().allMatch(StartupGate::isOpen);
  }

  /** Whether everything that a destination's rules ask for is known. */
  boolean isComplete(String destination) {
    return camel != null && sources.of(destination).stream().allMatch(this::isComplete);
  }

  private boolean isComplete(WatchSource source) {
    return sources.objects(camel, source).map(WatchedObjects::isComplete).orElse(false);
  }

  /** What the cluster holds of a destination; of a source that is not complete, what is missing says nothing. */
  synchronized ClusterState state(String destination, Scope scope, long request) {
    var resources = new LinkedHashSet<ResourceIdentifier>();
    var incomplete = new ArrayList<WatchSource>();
    for (WatchSource source : sources.of(destination)) {
      if (!isComplete(source)) {
        incomplete.add(source);
      }
      sources.objects(camel, source).ifPresent(objects -> objects.all().forEach(object -> resources.add(
          identify(source, object.getMetadata().getNamespace(), object.getMetadata().getName()))));
    }
    if (!gates.get(destination).isOpen()) {
      snapshots.put(destination, resources);
    }
    return new ClusterState(scope, request, resources, id -> incomplete.stream().anyMatch(source -> source.covers(id)));
  }

  /** Lets events of the reconciler through; one that would undo what has just happened is kept until the object is quiet. */
  public List<GitOpsEvent> admit(@Body List<GitOpsEvent> events) {
    return events.stream().flatMap(event -> filter.admit(event, clock.instant()).stream()).toList();
  }

  /** What has been kept for long enough and is still true. */
  public List<GitOpsEvent> released() {
    return filter.due(clock.instant()).stream().filter(event ->
        current(event.destination(), event.identifier()).isPresent() == (event.operation() == Operation.CREATE)).toList();
  }
}
