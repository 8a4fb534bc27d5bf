package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.author.Attribution;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.LiveChanges;
import io.hyperfleet.gitops.watch.StartupGates;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.gitops.write.EventRouter;
import java.time.Instant;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Starts and stops a route that only the leader runs. A follower keeps watching, so that it knows the cluster when it
 * becomes leader; what the previous leader did not push is found by the first comparison.
 */
public final class LeaderRoutePolicy extends RoutePolicySupport implements AutoCloseable {

  private final StartupGates gates;
  private final LiveChanges changes;
  private final Attribution attribution;
  private final Reconciliations reconciliations;
  private final BranchWorkers workers;
  private final EventRouter router;

  LeaderRoutePolicy(StartupGates gates, LiveChanges changes, Attribution attribution, Reconciliations reconciliations,
      BranchWorkers workers, EventRouter router) {
    this.gates = gates;
    this.changes = changes;
    this.attribution = attribution;
    this.reconciliations = reconciliations;
    this.workers = workers;
    this.router = router;
  }

  @Override
  public void onStart(Route route) {
    gates.takeOver();
    reconciliations.takeOver();
  }

  /** A leader whose process stops writes once more; one that has lost its election does not. */
  @Override
  public void onStop(Route route) {
    if (route.getCamelContext().isStopping()) {
      writeRemaining();
      workers.flush();
    }
    follow();
  }

  /** From now on, this process watches but does not write. */
  public void follow() {
    gates.standDown();
    changes.clear();
    workers.forget();
  }

  /** The process stops: events that still wait for their author are written without it. */
  @Override
  public void close() {
    writeRemaining();
  }

  /** Releases the events that wait for their author, since there is no time left. */
  private void writeRemaining() {
    attribution.known(Instant.MAX).forEach(router::accept);
  }
}
