package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.WatchManager;
import io.hyperfleet.gitops.write.BranchWorkers;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * What begins and ends with an election: on a route that only the leader runs. A follower keeps listening, so that it knows the
 * cluster when it takes over; what the leader before it had not pushed is found by the comparison that comes first.
 */
public final class GitOpsTerm extends RoutePolicySupport implements AutoCloseable {

  private final WatchManager watch;
  private final Reconciliations reconciliations;
  private final BranchWorkers workers;

  GitOpsTerm(WatchManager watch, Reconciliations reconciliations, BranchWorkers workers) {
    this.watch = watch;
    this.reconciliations = reconciliations;
    this.workers = workers;
  }

  @Override
  public void onStart(Route route) {
    watch.takeOver();
    reconciliations.takeOver();
  }

  /** A leader that stops with its process has a last write to make; one that has lost its election has none. */
  @Override
  public void onStop(Route route) {
    if (route.getCamelContext().isStopping()) {
      watch.remaining().forEach(event -> workers.of(event.destination()).accept(event));
      workers.flush();
    }
    follow();
  }

  /** From now on this process listens and does not write. */
  public void follow() {
    watch.standDown();
    workers.forget();
  }

  /** The process stops: events that still wait for their author are written without it. */
  @Override
  public void close() {
    watch.remaining().forEach(event -> workers.of(event.destination()).accept(event));
  }
}
