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
 * Turns every informer change into an UPDATE event, as decided by the live route. Recording the content and queueing
 * its event is one step, so that no other change of the object comes between.
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

  /** Whether it is not one of the objects that Kubernetes creates in every namespace. */
  public boolean isMirrored(@Body WatchedChange change) {
    return !objects.isIgnored(change.identifier());
  }

  /** The facts that the route decides by. */
  public Map<String, Object> facts(@Body LiveChange change) {
    boolean deleted = change.watched().isDeletion() || objects.isLeaving(change.watched().object());
    var wanted = deleted ? Change.DELETE : change.watched().isAddition() ? Change.CREATE : Change.UPDATE;
    return Map.of("compared", change.compared(), "deleted", deleted, "missed", change.watched().missed(),
        "prune", change.destination().prune().name(), "wanted", change.isWanted(wanted));
  }

  /** Records the content of an object that the first comparison has handled. */
  public synchronized void remember(@Body LiveChange change) {
    var watched = change.watched();
    objects.render(watched.identifier(), watched.object())
        .ifPresent(manifest -> lastContents.changes(change.destination().name(), watched.identifier(), manifest));
  }

  /** Creates an event for new content, which waits for its author; counts changes that are not mirrored. */
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

  /** Forgets the content of a deleted object: if it is created again, any content is a change. */
  public synchronized void forget(@Body LiveChange change) {
    lastContents.forget(change.destination().name(), change.watched().identifier());
  }

  /** Creates an event for a deletion, unless the object exists again or another rule still sees it. */
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

  /** The events with a known author, and those that have waited long enough for it. */
  public List<GitOpsEvent> attributed() {
    return attribution.known(clock.instant());
  }

  /** Forgets everything, since another process writes. */
  public synchronized void clear() {
    lastContents.clear();
    attribution.clear();
    quiet.clear();
  }

  /** Forgets the contents of all other destinations. */
  public synchronized void keep(Set<String> destinations) {
    lastContents.keep(destinations);
  }

  /** Number of remembered objects of all destinations. */
  public synchronized int remembered() {
    return lastContents.size();
  }
}
