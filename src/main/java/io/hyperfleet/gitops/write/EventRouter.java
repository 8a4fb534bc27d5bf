package io.hyperfleet.gitops.write;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import org.apache.camel.Body;

/** Dispatches every event, from watches and the reconciler, to the worker of its branch. */
public class EventRouter {

  private final BranchWorkers workers;
  private final GitOpsMonitor monitor;

  public EventRouter(BranchWorkers workers, GitOpsMonitor monitor) {
    this.workers = workers;
    this.monitor = monitor;
  }

  /** Adds an event to a window of its branch; an event without a branch is only counted. */
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
