package io.hyperfleet.gitops.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.GitOpsProperties.DestinationProperties;
import io.hyperfleet.gitops.GitOpsProperties.Repository;
import io.hyperfleet.gitops.Prune;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.manifest.Redaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** What cannot work, or could harm another destination, stops the start. */
class DestinationsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a        | a/b      | overlaps 'a' of destination 'one'
      a/b      | a        | overlaps 'a/b' of destination 'one'
      ''       | a        | overlaps '' of destination 'one'
      a        | a        | overlaps 'a' of destination 'one'
      a        | ../b     | is not a folder in the repository
      a        | /b       | is not a folder in the repository
      a        | b\\c     | is not a folder in the repository
      a        | b/.Git   | is not a folder in the repository
      a        | b/git~1  | is not a folder in the repository
      """)
  void foldersThatCouldHarmAreRefused(String one, String two, String message) {
    assertThatThrownBy(() -> destinations(one, two))
        .hasMessageContaining("hyperfleet.gitops.destinations[1].base-folder")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"a,b", "a,ab", "a/b,a/c"})
  void foldersBesideEachOtherAreFine(String one, String two) {
    assertThat(destinations(one, two).all()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"main,true", "feature/x,true", "release,false", "xmain,false"})
  void onlyAllowedBranches(String branch, boolean allowed) {
    var properties = properties(
        List.of(new Repository("fleet", "https://example.com/fleet", List.of("main", "feature/*"), null)),
        List.of(new DestinationProperties("one", null, branch, "a", Prune.FULL, List.of())));
    if (allowed) {
      assertThat(checked(properties).all()).hasSize(1);
    } else {
      assertThatThrownBy(() -> checked(properties)).hasMessageContaining("BranchNotAllowed");
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTPS://Example.com/A.git,https://example.com/A/", "ssh://git@host/a,ssh://Host/a.git",
      "git@Host:a,git@host:a.git"})
  void urlsOfOneRepositoryAreTheSame(String one, String other) {
    assertThat(Destinations.normalized(one)).isEqualTo(Destinations.normalized(other));
  }

  @Test
  void urlsThatDifferInTheCaseOfTheirPathsAreRefused() {
    assertThat(Destinations.normalized("file:///srv/Fleet.git"))
        .isNotEqualTo(Destinations.normalized("file:///srv/fleet.git"));
    var properties = properties(List.of(new Repository("one", "https://example.com/Fleet", List.of(), null),
        new Repository("two", "https://example.com/fleet", List.of(), null)), List.of());
    assertThatThrownBy(() -> checked(properties)).hasMessageContaining("hyperfleet.gitops.repositories[1].url")
        .hasMessageContaining("'one' only in upper and lower case");
  }

  @ParameterizedTest
  @CsvSource({"../..,v1,x", "a/b,v1,x", "apps,latest,x", "apps,*,x", "apps,v1,a/b", "apps,v1,..", "apps,v1,a.b",
      "'a b',v1,x"})
  void typesThatAreNoneAreRefused(String group, String version, String resource) {
    var rule = new WatchRule(List.of(group), List.of(version), List.of(resource), List.of(), Map.of(), Set.of());
    var properties = properties(List.of(new Repository("fleet", "https://example.com/fleet", List.of(), null)),
        List.of(new DestinationProperties("one", null, "main", "a", Prune.FULL, List.of(rule))));
    assertThatThrownBy(() -> checked(properties))
        .hasMessageContaining("hyperfleet.gitops.destinations[0].rules[0]: '" + group)
        .hasMessageContaining("must be one kind or all kinds of a group and version");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      https://user:password@example.com/fleet | contains a user name or password
      https://token@example.com/fleet         | contains a user name or password
      ssh://git:password@example.com/fleet    | contains a user name or password
      http://example.com/fleet                | would send the credentials in clear text
      git://example.com/fleet                 | would send the credentials in clear text
      amazon-s3://bucket/fleet                | must start with https:, ssh:, git: or file:, or be user@host:path
      ../fleet                                | must start with https:, ssh:, git: or file:, or be user@host:path
      """)
  void urlsThatCouldShowCredentialsAreRefused(String url, String message) {
    var properties = properties(List.of(new Repository("fleet", url, List.of(), Path.of("secret"))), List.of());
    assertThatThrownBy(() -> checked(properties)).hasMessageContaining("hyperfleet.gitops.repositories[0].url")
        .hasMessageContaining(message).hasMessageNotContaining("password@");
  }

  @ParameterizedTest
  @CsvSource({"https://example.com/fleet", "ssh://git@example.com/fleet", "git@example.com:fleet.git",
      "file:///srv/fleet.git"})
  void urlsWithoutCredentialsAreFine(String url) {
    assertThat(
        checked(properties(List.of(new Repository("fleet", url, List.of(), Path.of("secret"))), List.of())).all())
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
    return new GitOpsProperties(repositories, destinations, null, standard.reloadInterval(), standard.workDirectory(),
        standard.pollInterval(),
        standard.discoveryInterval(), standard.trailers(), standard.commit(), standard.push(), standard.reconcile(),
        standard.audit(), standard.watch(), standard.secrets(), standard.leaderElection());
  }
}
