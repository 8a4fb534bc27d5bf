package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.WatchRule.Change;
import io.hyperfleet.gitops.author.Attribution;
import io.hyperfleet.gitops.manifest.Sanitizer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Makes events of changes in the cluster, as the live route decides: UPDATE, whatever happened. Noting a content and
 * queueing its event are one step, so that no other change of the object comes between.
 */
public class LiveChanges {

  private final WatchSources sources;
  private final ClusterObjects objects;
  private final StartupGates gates;
  private final Attribution attribution;
  private final QuietPeriod quiet;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final LastContents lastContents = new LastContents();

  public LiveChanges(WatchSources sources, ClusterObjects objects, StartupGates gates, Attribution attribution,
      QuietPeriod quiet,
      GitOpsMonitor monitor, Clock clock) {
    this.sources = sources;
    this.objects = objects;
    this.gates = gates;
    this.attribution = attribution;
    this.quiet = quiet;
    this.monitor = monitor;
    this.clock = clock;
  }

  /** What an informer saw, with the identity of the object. */
  public WatchedChange identify(@Variable("source") String route, @Variable("action") String action,
      @Variable("missed") boolean missed,
      @Variable("before") Map<String, Object> before, @Body Map<String, Object> object) {
    var source = sources.source(route);
    var metadata = Sanitizer.map(object.get("metadata"));
    var identifier = source.identify((String) metadata.get("namespace"), String.valueOf(metadata.get("name")));
    return new WatchedChange(source, identifier, action, missed, before, object);
  }

  /** Whether it is none of the objects that Kubernetes makes everywhere. */
  public boolean isMirrored(@Body WatchedChange change) {
    return !objects.isIgnored(change.identifier());
  }

  /** What the route decides by. */
  public Map<String, Object> facts(@Body LiveChange change) {
    boolean deleted = change.watched().isDeletion() || objects.isLeaving(change.watched().object());
    var wanted = deleted ? Change.DELETE : change.watched().isAddition() ? Change.CREATE : Change.UPDATE;
    return Map.of("compared", change.compared(), "deleted", deleted, "missed", change.watched().missed(),
        "prune", change.destination().prune().name(), "wanted", change.isWanted(wanted));
  }

  /** Notes the content of an object that the first comparison has seen to. */
  public synchronized void remember(@Body LiveChange change) {
    var watched = change.watched();
    objects.render(watched.identifier(), watched.object())
        .ifPresent(manifest -> lastContents.changes(change.destination().name(), watched.identifier(), manifest));
  }

  /** Makes an event of a new content, which waits for its author; what changed nothing of interest is counted. */
  public void queueChange(@Body LiveChange change) {
    var watched = change.watched();
    objects.render(watched.identifier(), watched.object()).ifPresent(manifest -> {
      synchronized (this) {
        if (!gates.isCurrent(change)) {
          return;
        }
        if (lastContents.changes(change.destination().name(), watched.identifier(), manifest)) {
          queue(watched, GitOpsEvent.update(change.destination(), watched.identifier(), manifest,
              Attribution.byFieldManager(watched.before(), watched.object()), clock.instant()), false);
        } else {
          monitor.duplicateSkipped();
        }
      }
    });
  }

  /** Forgets the content of an object that is gone: whatever it is when it comes again is a change. */
  public synchronized void forget(@Body LiveChange change) {
    lastContents.forget(change.destination().name(), change.watched().identifier());
  }

  /** Makes an event of a deletion; an object that is there again, or that another rule still sees, tells so itself. */
  public synchronized void queueDeletion(@Body LiveChange change) {
    var watched = change.watched();
    if (gates.isCurrent(change) && !objects.exists(change.destination().name(), watched.identifier())) {
      queue(watched,
          GitOpsEvent.deletion(change.destination(), watched.identifier(), objects.trailers(watched.object()),
              clock.instant()),
          true);
    }
  }

  private void queue(WatchedChange change, GitOpsEvent event, boolean gone) {
    quiet.changed(event);
    attribution.add(event, change.object(), gone, clock.instant());
  }

  /** The events of which it is known by now who made the change, or nobody has to wait for that any more. */
  public List<GitOpsEvent> attributed() {
    return attribution.known(clock.instant());
  }

  /** Forgets everything: another process writes. */
  public synchronized void clear() {
    lastContents.clear();
    attribution.clear();
    quiet.clear();
  }

  /** Forgets what is remembered of other destinations. */
  public synchronized void keep(Set<String> destinations) {
    lastContents.keep(destinations);
  }

  /** Objects that are remembered, in all destinations. */
  public synchronized int remembered() {
    return lastContents.size();
  }
}
