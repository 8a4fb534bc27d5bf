package io.hyperfleet.gitops;

import io.hyperfleet.gitops.GitOpsProperties.Reconcile;
import java.time.Clock;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * What begins and ends with an election: on a route that only the leader runs. A follower keeps listening, so that it knows the
 * cluster when it takes over; what the leader before it had not pushed is found by the comparison that comes first.
 */
final class GitOpsTerm extends RoutePolicySupport {

  private final WatchManager watch;
  private final Reconciliations reconciliations;
  private final BranchWorkers workers;
  private final Reconcile properties;
  private final Clock clock;

  GitOpsTerm(WatchManager watch, Reconciliations reconciliations, BranchWorkers workers, Reconcile properties, Clock clock) {
    this.watch = watch;
    this.reconciliations = reconciliations;
    this.workers = workers;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public void onStart(Route route) {
    watch.takeOver(clock.instant().plus(properties.startupTimeout()));
    reconciliations.takeOver();
  }

  @Override
  public void onStop(Route route) {
    follow();
  }

  /** From now on this process listens and does not write. */
  void follow() {
    watch.standDown();
    workers.forget();
  }
}
