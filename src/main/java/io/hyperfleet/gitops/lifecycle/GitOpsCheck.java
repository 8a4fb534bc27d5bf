package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.operation.ReadinessCheck;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be mirrored has been listed once. How it stands with the remote is said, and keeps no process from being
 * ready: what happens in the cluster is taken all the same.
 */
public class GitOpsCheck implements ReadinessCheck {

  private final WatchSources sources;
  private final Reconciliations reconciliations;
  private final Supplier<String> problem;
  private volatile boolean synced;

  /**
   * Checks what is watched and compared.
   *
   * @param problem what is wrong with the file of destinations; empty when nothing is
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
        return "gitops: not all is listed yet of "
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
