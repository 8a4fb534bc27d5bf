package io.hyperfleet.gitops;

import io.hyperfleet.git.GitException;
import io.hyperfleet.gitops.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.BaseFolderReconciler.Differences;
import io.hyperfleet.gitops.BaseFolderReconciler.RepoState;
import io.hyperfleet.gitops.BaseFolderReconciler.Scope;
import io.hyperfleet.operation.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparisons of one destination: when they are made, and which events come of them. */
class Reconciliation {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Destination destination;
  private final GitOpsProperties.Reconcile properties;
  private final BranchWorker worker;
  private final RepoFiles files;
  private final GitOpsMonitor monitor;
  private final Clock clock;
  private final BaseFolderReconciler reconciler;
  private final Scope scope;
  private final ComparisonTriggers triggers = new ComparisonTriggers();
  private final MassDeleteBrake brake;
  private Instant latestStart;
  private Instant next = Instant.MIN;
  private Instant began = Instant.MIN;
  private int failures;
  private Optional<Differences> found = Optional.empty();
  private volatile RepoFiles.Contents contents;
  private volatile boolean compared;
  private volatile Optional<MassDeleteBrake.Held> held = Optional.empty();

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
    this.brake = new MassDeleteBrake(properties.reconcile());
    this.latestStart = clock.instant().plus(properties.reconcile().startupTimeout());
  }

  /**
   * The number of the comparison to make now; {@code null} when none is due. The first waits until the cluster is known.
   *
   * @param complete whether everything of the cluster is known
   * @param restarts how often watches have been taken up again
   */
  synchronized Long begin(boolean complete, long restarts) {
    var now = clock.instant();
    if (triggers.fired(complete, restarts, worker.health().conflicts()) && next != Instant.MIN) {
      // Not before what has just happened may be reconciled at all.
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

  /** This process writes from now on: the first comparison is due. */
  synchronized void takeOver() {
    next = Instant.MIN;
    latestStart = clock.instant().plus(properties.startupTimeout());
    compared = false;
  }

  Scope scope() {
    return scope;
  }

  synchronized void received(ClusterState state) {
    found = reconciler.received(state);
  }

  /** Reads the base folder; when that fails, the next comparison comes sooner. */
  synchronized Optional<RepoState> repoState(long request) {
    try {
      contents = worker.read(destination.baseFolder(), (all, store) -> files.of(destination, all, store));
      failures = 0;
      return Optional.of(new RepoState(scope, request, contents.managed()));
    } catch (GitException e) {
      failures++;
      next = clock.instant().plus(new Pace(FIRST_PAUSE, properties.interval()).after(failures));
      return Optional.empty();
    }
  }

  synchronized void received(RepoState state) {
    found = reconciler.received(state);
  }

  /** Whether both states have come. */
  synchronized boolean isCompared() {
    return found.isPresent();
  }

  /** All CREATE, then all DELETE, then all RECONCILE_RESOURCE. */
  synchronized List<GitOpsEvent> events() {
    var events = new ArrayList<GitOpsEvent>();
    found.ifPresent(differences -> {
      monitor.compared(destination, differences, contents);
      add(events, differences.toCreate(), Operation.CREATE, WatchRule.Change.CREATE);
      if (mayDelete(differences.toDelete())) {
        add(events, differences.toDelete(), Operation.DELETE, WatchRule.Change.DELETE);
      }
      add(events, differences.existing(), Operation.RECONCILE_RESOURCE, WatchRule.Change.UPDATE);
    });
    found = Optional.empty();
    return events;
  }

  synchronized void finished() {
    compared = true;
    monitor.finished(destination, Duration.between(began, clock.instant()));
  }

  private boolean mayDelete(List<ResourceIdentifier> deletions) {
    held = destination.prune() == Prune.FULL ? brake.hold(deletions, contents.managed().size()) : Optional.empty();
    held.ifPresent(deletion -> monitor.deletionsHeld(destination, deletion));
    return destination.prune() == Prune.FULL && held.isEmpty();
  }

  /** What is known of the destination, at once: no remote is waited for. */
  DestinationFacts facts(List<ResourceType> incomplete) {
    var seen = contents;
    return new DestinationFacts(worker.health().isReached(), worker.health().failure(),
        worker.health().refused(destination.baseFolder()), incomplete, compared, held, worker.health().pending(),
        seen == null ? List.of() : seen.unmanaged());
  }

  private void add(List<GitOpsEvent> events, List<ResourceIdentifier> ids, Operation operation, WatchRule.Change wanted) {
    ids.stream().filter(id -> destination.rules().stream().anyMatch(rule ->
            rule.operations().contains(wanted) && rule.covers(id.type(), id.namespace())))
        .forEach(id -> events.add(GitOpsEvent.reconcile(destination, id, operation, clock.instant())));
  }
}
