package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.Prune;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Differences;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.RepoState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Scope;
import io.hyperfleet.gitops.watch.ClusterSnapshot;
import io.hyperfleet.gitops.write.BranchWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The comparisons of one destination: their schedule and the resulting events. */
class Reconciliation {

  private final Destination destination;
  private final GitOpsProperties.Reconcile properties;
  private final BranchWorker worker;
  private final RepoFiles files;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final BaseFolderReconciler reconciler;
  private final Scope scope;
  private final ComparisonTriggers triggers = new ComparisonTriggers();
  private final MassDeletionGuard guard;
  private Instant latestStart;
  private Instant next = Instant.MIN;
  private Instant began = Instant.MIN;
  private Optional<Differences> found = Optional.empty();
  private volatile RepoFiles.Contents contents;
  private volatile boolean compared;
  private volatile Optional<MassDeletionGuard.Held> held = Optional.empty();

  Reconciliation(Destination destination, GitOpsProperties properties, BranchWorker worker, RepoFiles files,
      GitOpsMonitor monitor, Clock clock) {
    this.destination = destination;
    this.properties = properties.reconcile();
    this.worker = worker;
    this.files = files;
    this.monitor = monitor;
    this.clock = clock;
    this.scope = new Scope(destination.branch(), destination.baseFolder());
    this.reconciler = new BaseFolderReconciler(scope);
    this.guard = new MassDeletionGuard(properties.reconcile());
    this.latestStart = clock.instant().plus(properties.reconcile().startupTimeout());
  }

  /**
   * The number of the comparison to make now; {@code null} when none is due. The first waits until the cluster is
   * known.
   *
   * @param complete whether all objects of the cluster are known
   * @param restarts how often watches have been restarted
   */
  synchronized Long begin(boolean complete, long restarts) {
    var now = clock.instant();
    if (triggers.fired(complete, restarts, worker.health().conflicts()) && next != Instant.MIN) {
      // Not before recent changes may be compared at all.
      var soon = now.plus(properties.quietPeriod());
      next = next.isBefore(soon) ? next : soon;
    }
    if (now.isBefore(next) || next == Instant.MIN && now.isBefore(latestStart) && !complete) {
      return null;
    }
    began = now;
    next = now.plus(properties.interval());
    found = Optional.empty();
    return reconciler.request();
  }

  /** This process is the writer now: the first comparison is due. */
  synchronized void takeOver() {
    next = Instant.MIN;
    latestStart = clock.instant().plus(properties.startupTimeout());
    compared = false;
  }

  Destination destination() {
    return destination;
  }

  /** Reads the cluster's state. */
  synchronized void received(long request, ClusterSnapshot cluster) {
    found = reconciler.received(new ClusterState(scope, request, cluster.resources(), cluster.incomplete()));
  }

  /**
   * Reads the base folder; if that fails, the next comparison follows when the remote is tried again.
   */
  synchronized void readFolder(long request) {
    worker.read(destination.baseFolder(), (all, store) -> files.of(destination, all, store)).ifPresentOrElse(read -> {
      contents = read;
      found = reconciler.received(new RepoState(scope, request, read.managed().keySet()));
    }, () -> next = worker.nextRead());
  }

  /**
   * The resulting events: all CREATE, then all DELETE, then all RECONCILE_RESOURCE; empty until both states have been
   * read.
   */
  synchronized Optional<List<GitOpsEvent>> events() {
    var events = found.map(differences -> {
      monitor.compared(destination.name(), differences.toCreate().size(), differences.toDelete().size(),
          differences.existing().size(), contents.unmanaged());
      var wanted = new ArrayList<GitOpsEvent>();
      add(wanted, wanted(differences.toCreate(), WatchRule.Change.CREATE), Operation.CREATE);
      if (destination.prune() == Prune.FULL) {
        add(wanted, wanted(differences.toDelete(), WatchRule.Change.DELETE), Operation.DELETE);
      }
      add(wanted, wanted(differences.existing(), WatchRule.Change.UPDATE), Operation.RECONCILE_RESOURCE);
      return List.copyOf(wanted);
    });
    found = Optional.empty();
    return events;
  }

  /** The same events without deletions if there are so many that they need confirmation. */
  synchronized List<GitOpsEvent> withoutHeldDeletions(List<GitOpsEvent> events) {
    var deletions = events.stream().filter(event -> event.operation() == Operation.DELETE).map(GitOpsEvent::identifier)
        .toList();
    held = guard.hold(deletions, contents.managed().size());
    held.ifPresent(deletion -> monitor.deletionsHeld(destination.name(), deletion.toString()));
    var allowed = held.isEmpty()
        ? events
        : events.stream().filter(event -> event.operation() != Operation.DELETE).toList();
    worker.health().refusedAtMost(destination.baseFolder(),
        allowed.stream().map(GitOpsEvent::path).collect(Collectors.toSet()));
    return allowed;
  }

  synchronized void finished() {
    compared = true;
    monitor.finished(destination.name(), Duration.between(began, clock.instant()));
  }

  /** The current facts about the destination, without contacting the remote. */
  DestinationFacts facts(List<ResourceType> incomplete) {
    var seen = contents;
    return new DestinationFacts(worker.health().isReached(), worker.health().failure(),
        worker.health().refused(destination.baseFolder()), incomplete, compared, held, worker.health().pending(),
        seen == null ? List.of() : seen.unmanaged());
  }

  /** The events that a rule selects. */
  private List<ResourceIdentifier> wanted(List<ResourceIdentifier> ids, WatchRule.Change wanted) {
    return ids.stream().filter(id -> destination.rules().stream()
        .anyMatch(rule -> rule.operations().contains(wanted) && rule.covers(id.type(), id.namespace()))).toList();
  }

  private void add(List<GitOpsEvent> events, List<ResourceIdentifier> ids, Operation operation) {
    ids.forEach(id -> events.add(GitOpsEvent.reconcile(destination, id, operation,
        contents.managed().getOrDefault(id, Map.of()), clock.instant())));
  }
}
