package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.operation.ReadinessCheck;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks that all objects have been listed once. The state of remotes is shown but does not affect readiness, since
 * changes in the cluster are collected anyway.
 */
public class GitOpsCheck implements ReadinessCheck {

  private final WatchSources sources;
  private final Reconciliations reconciliations;
  private final Supplier<String> problem;
  private volatile boolean synced;

  /**
   * Checks watches and comparisons.
   *
   * @param problem the problem of the destinations file; empty if it is valid
   */
  GitOpsCheck(WatchSources sources, Reconciliations reconciliations, Supplier<String> problem) {
    this.sources = sources;
    this.reconciliations = reconciliations;
    this.problem = problem;
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
        return "gitops: initial list not complete for "
            + unsynced.stream().map(source -> source.type().toString()).distinct().collect(Collectors.joining(", "));
      }
      synced = true;
    }
    var troubles = Stream.concat(Stream.of(problem.get()).filter(text -> !text.isEmpty()),
        reconciliations.conditions().entrySet().stream()
            .filter(destination -> destination.getValue().get(0).value() != 1)
            .map(
                destination -> destination.getKey() + " is not ready (" + destination.getValue().get(0).reason() + ")"))
        .collect(Collectors.joining(", "));
    return troubles.isEmpty() ? OK : ReadinessCheck.okBut(troubles);
  }
}
