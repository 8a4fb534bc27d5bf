package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.gitops.GitOpsProperties.DestinationProperties;
import io.hyperfleet.gitops.GitOpsProperties.Repository;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.destination.RuleChecks;
import io.hyperfleet.gitops.manifest.Redaction;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Differences;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.RepoState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.Scope;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler;
import io.hyperfleet.gitops.reconcile.MassDeleteBrake;
import io.hyperfleet.gitops.watch.TimeFilter;
import io.hyperfleet.gitops.write.PendingWrites;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** The rules that need neither a cluster nor Git nor a clock (GitOps contract 3.B and 3.C). */
class GitOpsRulesTest {

  private static final Scope SCOPE = new Scope(new BranchKey("fleet", "main"), "a");
  private static final Scope ELSEWHERE = new Scope(new BranchKey("fleet", "main"), "b");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ResourceIdentifier IN_CLUSTER = id("one", "in-cluster");
  private static final ResourceIdentifier IN_GIT = id("one", "in-git");
  private static final ResourceIdentifier IN_BOTH = id("one", "in-both");

  @Test
  void case20And21StatesOfOneComparisonInAnyOrder() {
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
  void case22And26EmptyStatesAndNamesInTwoNamespaces() {
    assertThat(BaseFolderReconciler.findDifferences(Set.of(), Set.of())).isEqualTo(new Differences(List.of(), List.of(), List.of()));
    assertThat(BaseFolderReconciler.findDifferences(Set.of(), Set.of(IN_GIT)).toDelete()).containsExactly(IN_GIT);
    assertThat(BaseFolderReconciler.findDifferences(Set.of(IN_CLUSTER), Set.of()).toCreate()).containsExactly(IN_CLUSTER);
    assertThat(BaseFolderReconciler.findDifferences(Set.of(id("one", "x")), Set.of(id("two", "x"))))
        .isEqualTo(new Differences(List.of(id("one", "x")), List.of(id("two", "x")), List.of()));
  }

  @Test
  void case32WhatMayBeThereUnseenIsNotDeleted() {
    var reconciler = new BaseFolderReconciler(SCOPE);
    long request = reconciler.request();
    reconciler.received(repo(SCOPE, request, id("one", "x"), id("two", "x")));
    assertThat(reconciler.received(new ClusterState(SCOPE, request, Set.of(), id -> id.namespace().equals("one"))))
        .hasValueSatisfying(found -> assertThat(found.toDelete()).containsExactly(id("two", "x")));
  }

  @Test
  void case24And25TimeFilter() {
    var filter = new TimeFilter(Duration.ofSeconds(30));
    var create = event(Operation.CREATE);
    assertThat(filter.admit(create, START)).contains(create);

    filter.changed(event(Operation.UPDATE), START);
    assertThat(filter.admit(create, at(5))).isEmpty();
    assertThat(filter.admit(event(Operation.DELETE), at(6))).isEmpty();
    assertThat(filter.waiting()).isEqualTo(1);
    assertThat(filter.admit(event(Operation.RECONCILE_RESOURCE), at(5))).isPresent();
    assertThat(filter.due(at(29))).isEmpty();

    filter.changed(event(Operation.UPDATE), at(20));
    assertThat(filter.due(at(30))).isEmpty();
    assertThat(filter.due(at(50))).extracting(GitOpsEvent::operation).containsExactly(Operation.DELETE);
    assertThat(filter.waiting()).isZero();
    assertThat(filter.remembered()).isZero();
  }

  @Test
  void changeTakesThePlaceOfWhatTheReconcilerWants() {
    var writes = new PendingWrites(Binder.get(new MockEnvironment()).bindOrCreate("hyperfleet.gitops.commit",
        GitOpsProperties.Commit.class));
    writes.add(event(Operation.RECONCILE_RESOURCE), START);
    writes.add(event(Operation.UPDATE), at(1));
    writes.closeAll();
    assertThat(writes.next().events()).extracting(GitOpsEvent::operation).containsExactly(Operation.UPDATE);
    assertThat(writes.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"10,10,false", "11,11,true", "11,22,false", "12,22,true", "0,0,false", "500,1000,false", "501,1000,true"})
  void case34MassDeleteBrake(int deletions, int managed, boolean holds) {
    assertThat(MassDeleteBrake.holds(deletions, managed, 0.5)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a        | a/b      | overlaps 'a' of destination 'one'
      a/b      | a        | overlaps 'a/b' of destination 'one'
      ''       | a        | overlaps '' of destination 'one'
      a        | a        | overlaps 'a' of destination 'one'
      a        | ../b     | is not a folder within the repository
      a        | /b       | is not a folder within the repository
      a        | b\\c     | is not a folder within the repository
      a        | b/.Git   | is not a folder within the repository
      a        | b/git~1  | is not a folder within the repository
      """)
  void case35FoldersThatCouldHarmAreRefused(String one, String two, String message) {
    assertThatThrownBy(() -> destinations(one, two)).hasMessageContaining("hyperfleet.gitops.destinations[1].base-folder")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"a,b", "a,ab", "a/b,a/c"})
  void case35FoldersBesideEachOtherAreFine(String one, String two) {
    assertThat(destinations(one, two).all()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"main,true", "feature/x,true", "release,false", "xmain,false"})
  void case39OnlyAllowedBranches(String branch, boolean allowed) {
    var properties = properties(List.of(new Repository("fleet", "https://example.com/fleet", List.of("main", "feature/*"), null)),
        List.of(new DestinationProperties("one", null, branch, "a", Prune.FULL, List.of())));
    if (allowed) {
      assertThat(checked(properties).all()).hasSize(1);
    } else {
      assertThatThrownBy(() -> checked(properties)).hasMessageContaining("BranchNotAllowed");
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTPS://Example.com/A.git,https://example.com/A/", "ssh://git@host/a,ssh://Host/a.git", "git@Host:a,git@host:a.git"})
  void case53UrlsOfOneRepositoryAreTheSame(String one, String other) {
    assertThat(Destinations.normalized(one)).isEqualTo(Destinations.normalized(other));
  }

  @Test
  void urlsThatDifferInTheCaseOfTheirPathsAreRefused() {
    assertThat(Destinations.normalized("file:///srv/Fleet.git")).isNotEqualTo(Destinations.normalized("file:///srv/fleet.git"));
    var properties = properties(List.of(new Repository("one", "https://example.com/Fleet", List.of(), null),
        new Repository("two", "https://example.com/fleet", List.of(), null)), List.of());
    assertThatThrownBy(() -> checked(properties)).hasMessageContaining("hyperfleet.gitops.repositories[1].url")
        .hasMessageContaining("'one' in small and capital letters alone");
  }

  @ParameterizedTest
  @CsvSource({"../..,v1,x", "a/b,v1,x", "apps,latest,x", "apps,*,x", "apps,v1,a/b", "apps,v1,..", "apps,v1,a.b", "'a b',v1,x"})
  void typesThatAreNoneAreRefused(String group, String version, String resource) {
    var rule = new WatchRule(List.of(group), List.of(version), List.of(resource), List.of(), Map.of(), Set.of());
    var properties = properties(List.of(new Repository("fleet", "https://example.com/fleet", List.of(), null)),
        List.of(new DestinationProperties("one", null, "main", "a", Prune.FULL, List.of(rule))));
    assertThatThrownBy(() -> checked(properties)).hasMessageContaining("hyperfleet.gitops.destinations[0].rules[0]: '" + group)
        .hasMessageContaining("is not one kind or all kinds of a group and version");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      https://user:password@example.com/fleet | holds a name or password
      https://token@example.com/fleet         | holds a name or password
      ssh://git:password@example.com/fleet    | holds a name or password
      http://example.com/fleet                | would send the credentials in clear text
      git://example.com/fleet                 | would send the credentials in clear text
      amazon-s3://bucket/fleet                | is none of https:, ssh:, git:, file: and user@host:path
      ../fleet                                | is none of https:, ssh:, git:, file: and user@host:path
      """)
  void urlsThatCouldShowCredentialsAreRefused(String url, String message) {
    var properties = properties(List.of(new Repository("fleet", url, List.of(), Path.of("secret"))), List.of());
    assertThatThrownBy(() -> checked(properties)).hasMessageContaining("hyperfleet.gitops.repositories[0].url")
        .hasMessageContaining(message).hasMessageNotContaining("password@");
  }

  @ParameterizedTest
  @CsvSource({"https://example.com/fleet", "ssh://git@example.com/fleet", "git@example.com:fleet.git", "file:///srv/fleet.git"})
  void urlsWithoutCredentialsAreFine(String url) {
    assertThat(checked(properties(List.of(new Repository("fleet", url, List.of(), Path.of("secret"))), List.of())).all())
        .hasSize(1);
  }

  @Test
  void secretsAreRefused() {
    var rule = new WatchRule(List.of(), List.of(), List.of("configmaps", "Secrets"), List.of(), Map.of(), Set.of());
    var properties = properties(List.of(new Repository("fleet", "https://example.com/fleet", List.of(), null)),
        List.of(new DestinationProperties("one", null, "main", "a", Prune.FULL, List.of(rule))));
    assertThatThrownBy(() -> checked(properties))
        .hasMessage("hyperfleet.gitops.destinations[0].rules[0]: Secrets are not written to Git in clear text; see "
            + "hyperfleet.gitops.secrets.mode");
  }

  @Test
  void namesOfUsersBreakNoCommit() {
    assertThat(Actor.user("a\r\nSigned-off-by: <x>").toString()).isEqualTo("user/aSigned-off-by: x");
    assertThat(Actor.user(" <> ")).isEqualTo(Actor.UNKNOWN);
    assertThat(Actor.user("system:serviceaccount:ns:x").authorEmail()).isEqualTo("system-serviceaccount-ns-x@noreply.cluster.local");
  }

  private static Destinations destinations(String one, String two) {
    return checked(properties(List.of(new Repository("fleet", "https://example.com/fleet", List.of(), null)),
        List.of(new DestinationProperties("one", null, "main", one, Prune.FULL, List.of()),
            new DestinationProperties("two", null, "main", two, Prune.FULL, List.of()))));
  }

  private static Destinations checked(GitOpsProperties properties) {
    return new Destinations(properties, new RuleChecks(properties.watch(), new Redaction(properties.secrets())));
  }

  private static GitOpsProperties properties(List<Repository> repositories, List<DestinationProperties> destinations) {
    var standard = Binder.get(new MockEnvironment()).bindOrCreate("hyperfleet.gitops", GitOpsProperties.class);
    return new GitOpsProperties(repositories, destinations, standard.workDirectory(), standard.pollInterval(),
        standard.discoveryInterval(), standard.trailers(), standard.commit(), standard.push(), standard.reconcile(),
        standard.audit(), standard.watch(), standard.secrets(), standard.leaderElection());
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

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static GitOpsEvent event(Operation operation) {
    return new GitOpsEvent("prod", "a", IN_BOTH, operation, null, Actor.RECONCILER, Map.of(), START);
  }
}
