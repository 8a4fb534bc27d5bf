package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import org.apache.camel.Body;

/** Brings every event, of the cluster's changes and of the reconciler alike, to the worker of its branch. */
public class EventRouter {

  private final BranchWorkers workers;
  private final GitOpsMonitor monitor;

  public EventRouter(BranchWorkers workers, GitOpsMonitor monitor) {
    this.workers = workers;
    this.monitor = monitor;
  }

  /** Takes an event into a window of its branch; one that nobody writes is counted. */
  public void accept(@Body GitOpsEvent event) {
    var worker = workers.of(event.destination());
    if (worker == null) {
      monitor.unroutable(event);
      return;
    }
    worker.accept(event);
    monitor.routed(event);
  }
}
