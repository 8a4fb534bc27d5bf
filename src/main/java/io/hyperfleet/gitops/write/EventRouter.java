package io.hyperfleet.gitops.write;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.author.Attribution;
import org.apache.camel.Body;

/** Brings every event, of the cluster's changes and of the reconciler alike, to the worker of its branch. */
public class EventRouter {

  private final BranchWorkers workers;
  private final GitOpsMonitor monitor;
  private final Leadership leadership;
  private final Attribution attribution;

  public EventRouter(BranchWorkers workers, Attribution attribution, GitOpsMonitor monitor, Leadership leadership) {
    this.attribution = attribution;
    this.workers = workers;
    this.monitor = monitor;
    this.leadership = leadership;
  }

  /** Hands an event over; one that nobody waits for is counted, the next comparison repairs what it would have done. */
  public void route(@Body GitOpsEvent event) {
    try {
      handOver(event);
    } finally {
      if (!event.operation().isReconciliation()) {
        attribution.handedOver(event);
      }
    }
  }

  private void handOver(GitOpsEvent event) {
    if (!leadership.isHeld()) {
      monitor.notLeading(event);
      return;
    }
    var worker = workers.of(event.destination());
    if (worker == null) {
      monitor.unroutable(event);
      return;
    }
    worker.accept(event);
    monitor.routed(event);
  }
}
