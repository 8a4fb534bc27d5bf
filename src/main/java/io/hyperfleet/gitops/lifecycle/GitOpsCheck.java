package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.operation.ReadinessCheck;
import java.util.stream.Collectors;

/**
 * What is to be mirrored has been listed once. How it stands with the remote is said, and keeps no process from being ready:
 * what happens in the cluster is taken all the same.
 */
class GitOpsCheck implements ReadinessCheck {

  private final WatchSources sources;
  private final Reconciliations reconciliations;
  private volatile boolean synced;

  GitOpsCheck(WatchSources sources, Reconciliations reconciliations) {
    this.sources = sources;
    this.reconciliations = reconciliations;
  }

  @Override
  public String name() {
    return "gitops";
  }

  @Override
  public String check() {
    if (!synced) {
      var unsynced = sources.unsynced();
      if (!unsynced.isEmpty()) {
        return "gitops: not all is listed yet of "
            + unsynced.stream().map(source -> source.type().toString()).distinct().collect(Collectors.joining(", "));
      }
      synced = true;
    }
    var troubles = reconciliations.conditions().entrySet().stream()
        .filter(destination -> destination.getValue().get(0).value() != 1)
        .map(destination -> destination.getKey() + " is not ready (" + destination.getValue().get(0).reason() + ")")
        .collect(Collectors.joining(", "));
    return troubles.isEmpty() ? OK : ReadinessCheck.okBut(troubles);
  }
}
