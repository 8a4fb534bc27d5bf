package io.hyperfleet.gitops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Differences;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.RepoState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison needs neither a cluster nor Git nor a clock. */
class BaseFolderReconcilerTest {

  private static final Scope SCOPE = new Scope(new BranchKey("fleet", "main"), "a");
  private static final Scope ELSEWHERE = new Scope(new BranchKey("fleet", "main"), "b");
  private static final ResourceIdentifier IN_CLUSTER = id("one", "in-cluster");
  private static final ResourceIdentifier IN_GIT = id("one", "in-git");
  private static final ResourceIdentifier IN_BOTH = id("one", "in-both");

  @Test
  void statesOfOneComparisonInAnyOrder() {
    var reconciler = new BaseFolderReconciler(SCOPE);
    var expected = Optional.of(new Differences(List.of(IN_CLUSTER), List.of(IN_GIT), List.of(IN_BOTH)));

    long first = reconciler.request();
    assertThat(reconciler.received(cluster(SCOPE, first, IN_CLUSTER, IN_BOTH))).isEmpty();
    assertThat(reconciler.received(repo(ELSEWHERE, first, IN_GIT, IN_BOTH))).isEmpty();
    assertThat(reconciler.received(repo(SCOPE, first, IN_GIT, IN_BOTH))).isEqualTo(expected);
    assertThat(reconciler.received(repo(SCOPE, first, IN_GIT, IN_BOTH))).isEmpty();

    long second = reconciler.request();
    assertThat(reconciler.received(repo(SCOPE, second, IN_GIT, IN_BOTH))).isEmpty();
    assertThat(reconciler.received(cluster(SCOPE, first, IN_CLUSTER, IN_BOTH))).isEmpty();
    assertThat(reconciler.received(cluster(SCOPE, second, IN_CLUSTER, IN_BOTH))).isEqualTo(expected);
  }

  @Test
  void emptyStatesAndNamesInTwoNamespaces() {
    assertThat(BaseFolderReconciler.findDifferences(Set.of(), Set.of()))
        .isEqualTo(new Differences(List.of(), List.of(), List.of()));
    assertThat(BaseFolderReconciler.findDifferences(Set.of(), Set.of(IN_GIT)).toDelete()).containsExactly(IN_GIT);
    assertThat(BaseFolderReconciler.findDifferences(Set.of(IN_CLUSTER), Set.of()).toCreate())
        .containsExactly(IN_CLUSTER);
    assertThat(BaseFolderReconciler.findDifferences(Set.of(id("one", "x")), Set.of(id("two", "x"))))
        .isEqualTo(new Differences(List.of(id("one", "x")), List.of(id("two", "x")), List.of()));
  }

  @Test
  void whatMayBeThereUnseenIsNotDeleted() {
    var reconciler = new BaseFolderReconciler(SCOPE);
    long request = reconciler.request();
    reconciler.received(repo(SCOPE, request, id("one", "x"), id("two", "x")));
    assertThat(reconciler.received(new ClusterState(SCOPE, request, Set.of(), id -> id.namespace().equals("one"))))
        .hasValueSatisfying(found -> assertThat(found.toDelete()).containsExactly(id("two", "x")));
  }

  @ParameterizedTest
  @CsvSource({"10,10,false", "11,11,true", "11,22,false", "12,22,true", "0,0,false", "500,1000,false", "501,1000,true"})
  void massDeletionsAreHeld(int deletions, int managed, boolean holds) {
    assertThat(MassDeletionGuard.holds(deletions, managed, 0.5)).isEqualTo(holds);
  }

  private static ClusterState cluster(Scope scope, long request, ResourceIdentifier... ids) {
    return new ClusterState(scope, request, Set.of(ids), id -> false);
  }

  private static RepoState repo(Scope scope, long request, ResourceIdentifier... ids) {
    return new RepoState(scope, request, Set.of(ids));
  }

  private static ResourceIdentifier id(String namespace, String name) {
    return new ResourceIdentifier("", "v1", "configmaps", namespace, name);
  }
}
