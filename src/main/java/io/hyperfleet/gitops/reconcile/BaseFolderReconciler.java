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
 * Compares what the cluster and Git hold of one base folder of one branch. It asks for both states and waits for both
 * answers, in whatever order they come. It knows no clock. Not for several threads.
 */
public final class BaseFolderReconciler {

  /** What is to be compared: states of others are not listened to. */
  public record Scope(BranchKey branch, String baseFolder) {}

  /**
   * What the cluster holds.
   *
   * @param incomplete whether something of this identity may be there without being listed: its absence says nothing
   */
  public record ClusterState(Scope scope, long requestId, Set<ResourceIdentifier> resources,
      Predicate<ResourceIdentifier> incomplete) {}

  /** What Git holds. */
  public record RepoState(Scope scope, long requestId, Set<ResourceIdentifier> resources) {}

  /** What differs, and what does not. */
  public record Differences(List<ResourceIdentifier> toCreate, List<ResourceIdentifier> toDelete,
      List<ResourceIdentifier> existing) {}

  private final Scope scope;
  private long requestId;
  private ClusterState cluster;
  private RepoState repo;

  public BaseFolderReconciler(Scope scope) {
    this.scope = scope;
  }

  /** Begins a comparison: both states have to carry this number. What has come of an earlier one is forgotten. */
  public long request() {
    cluster = null;
    repo = null;
    return ++requestId;
  }

  /** Takes the cluster's state. */
  public Optional<Differences> received(ClusterState state) {
    if (state.scope().equals(scope) && state.requestId() == requestId) {
      cluster = state;
    }
    return compare();
  }

  /** Takes Git's state. */
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
