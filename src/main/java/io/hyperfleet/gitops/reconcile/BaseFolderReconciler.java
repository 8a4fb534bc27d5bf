package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the cluster and Git for one base folder of one branch. It requests both states and waits for both, in any
 * order. Not thread-safe.
 */
public final class BaseFolderReconciler {

  /** The compared folder: states of others are ignored. */
  public record Scope(BranchKey branch, String baseFolder) {}

  /**
   * The cluster's state.
   *
   * @param incomplete whether an object of this identity may exist without being listed
   */
  public record ClusterState(Scope scope, long requestId, Set<ResourceIdentifier> resources,
      Predicate<ResourceIdentifier> incomplete) {}

  /** Git's state. */
  public record RepoState(Scope scope, long requestId, Set<ResourceIdentifier> resources) {}

  /** The differences, and the objects without one. */
  public record Differences(List<ResourceIdentifier> toCreate, List<ResourceIdentifier> toDelete,
      List<ResourceIdentifier> existing) {}

  private final Scope scope;
  private long requestId;
  private ClusterState cluster;
  private RepoState repo;

  public BaseFolderReconciler(Scope scope) {
    this.scope = scope;
  }

  /** Begins a comparison: both states must have this number. States of an earlier one are dropped. */
  public long request() {
    cluster = null;
    repo = null;
    return ++requestId;
  }

  /** Receives the cluster's state. */
  public Optional<Differences> received(ClusterState state) {
    if (state.scope().equals(scope) && state.requestId() == requestId) {
      cluster = state;
    }
    return compare();
  }

  /** Receives Git's state. */
  public Optional<Differences> received(RepoState state) {
    if (state.scope().equals(scope) && state.requestId() == requestId) {
      repo = state;
    }
    return compare();
  }

  private Optional<Differences> compare() {
    if (cluster == null || repo == null) {
      return Optional.empty();
    }
    var found = findDifferences(cluster.resources(), repo.resources());
    var absent = found.toDelete().stream().filter(cluster.incomplete().negate()).toList();
    cluster = null;
    repo = null;
    return Optional.of(new Differences(found.toCreate(), absent, found.existing()));
  }

  /** Only in the cluster: to create. Only in Git: to delete. In both: existing. */
  public static Differences findDifferences(Set<ResourceIdentifier> cluster, Set<ResourceIdentifier> git) {
    var toCreate = new LinkedHashSet<>(cluster);
    toCreate.removeAll(git);
    var toDelete = new LinkedHashSet<>(git);
    toDelete.removeAll(cluster);
    var existing = new LinkedHashSet<>(cluster);
    existing.retainAll(git);
    return new Differences(new ArrayList<>(toCreate), new ArrayList<>(toDelete), new ArrayList<>(existing));
  }
}
