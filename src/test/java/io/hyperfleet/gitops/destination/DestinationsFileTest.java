package io.hyperfleet.gitops.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Prune;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.manifest.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** What is wrong in a file of destinations is named with file and line, and what is allowed. */
class DestinationsFileTest {

  private static final String RIGHT = """
      # What goes where
      destinations:
        - name: config
          branch: release
          base-folder: clusters/prod
          prune: OBSERVED
          rules:
            - resources: [configmaps]
              namespaces: [default]
              labels: {"[hyperfleet.io/managed-by]": dns, team: ""}
            - apiGroups: [rbac.authorization.k8s.io]
              resources: [clusterroles]
              operations: [CREATE, UPDATE]
        - {name: other, baseFolder: clusters/other, rules: [{resources: [services]}]}
      """;

  @TempDir
  Path directory;

  @Test
  void readsTheFormOfTheConfiguration() {
    var all = read(RIGHT).all();
    assertThat(all).extracting(Destination::name).containsExactly("config", "other");
    assertThat(all.get(0).branch()).hasToString("fleet/release");
    assertThat(all.get(0).prune()).isEqualTo(Prune.OBSERVED);
    assertThat(all.get(0).rules().get(0).labels()).isEqualTo(Map.of("hyperfleet.io/managed-by", "dns", "team", ""));
    assertThat(all.get(0).rules().get(1).operations())
        .isEqualTo(Set.of(WatchRule.Change.CREATE, WatchRule.Change.UPDATE));
    assertThat(all.get(1).branch()).hasToString("fleet/main");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      name: config            | name: Config                | 3  | destinations[0].name: 'Config' is not a valid name
      name: other             | name: config                | 14 | destinations[1].name: duplicate destination 'config'
      base-folder: clusters/prod | base-folder: ../x        | 5  | destinations[0].base-folder: '../x' is not a folder
      baseFolder: clusters/other | branch: release, baseFolder: clusters/prod/x | 14 | overlaps 'clusters/prod' of destination 'config'
      prune: OBSERVED         | prune: SOMETIMES            | 6  | destinations[0].prune: 'SOMETIMES' is not a valid value; allowed: [FULL, OBSERVED, NEVER]
      branch: release         | brunch: release             | 4  | destinations[0].brunch: unknown key
      resources: [configmaps] | resources: [secrets]        | 8  | Secrets are not written to Git in clear text
      [configmaps]            | []                          | 8  | destinations[0].rules[0].resources: list kinds
      [CREATE, UPDATE]        | [CREATE, PATCH]             | 13 | 'PATCH' is not a valid value
      prune: OBSERVED         | repository: none            | 6  | destinations[0].repository: unknown repository 'none'
      prune: OBSERVED         | name: twice                 | 6  | name
      rules:                  | rules: {                    | 8  | expected
      # What goes where       | repositories: []            | 1  | repositories: unknown key
      """)
  void saysWhereItIsWrong(String right, String wrong, int line, String message) {
    assertThat(RIGHT).contains(right);
    var text = RIGHT.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file() + ":" + line + ": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"''", "destinations:", "destinations: []", "'destinations: [a]'", "'[]'", "text",
      "'destinations: {a: b}'", "'---\n---\n'"})
  void saysThatThereAreNone(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file() + ":");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> opened().content()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file() + ": cannot be read");
  }

  /** Whatever somebody makes of the file: it is read, or told with its name, and nothing else happens. */
  @Test
  void anyDamageIsToldByTheFile() {
    var random = new Random(20261130);
    var pieces = List.of(":", "{", "}", "[", "]", "-", "\n", "  ", "\t", "\"", "'", "#", "&a", "*a", "!!int ",
        "${user.home}", "null", "~", "\0", "é",
        "\u2028", "|", ">", "<<: ", ",", ".", "rules", "labels", "0x1F", "destinations", "\r", "? ", "%", "@", "`");
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder(RIGHT);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.insert(at, pieces.get(random.nextInt(pieces.size())));
        } else {
          text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
        }
      }
      try {
        assertThat(read(text.toString()).all()).isNotEmpty();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("%s", text).startsWith(file() + ":")
            .doesNotContain(System.getProperty("user.home") + "/");
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 499);
  }

  private Path file() {
    return directory.resolve("destinations.yaml");
  }

  private Destinations read(String text) {
    try {
      Files.writeString(file(), text);
      var opened = opened();
      return opened.destinations(opened.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DestinationsFile opened() {
    var environment = new MockEnvironment().withProperty("hyperfleet.gitops.repositories[0].name", "fleet")
        .withProperty("hyperfleet.gitops.repositories[0].url", "https://example.com/fleet")
        .withProperty("hyperfleet.gitops.destinations-file", file().toString());
    var properties = Binder.get(environment).bindOrCreate("hyperfleet.gitops", GitOpsProperties.class);
    return new DestinationsFile(properties, new RuleChecks(properties.watch(), new Redaction(properties.secrets())));
  }

  @Test
  void destinationsStandInOnePlace() {
    var environment = new MockEnvironment().withProperty("hyperfleet.gitops.destinations[0].name", "one")
        .withProperty("hyperfleet.gitops.destinations-file", file().toString());
    var properties = Binder.get(environment).bindOrCreate("hyperfleet.gitops", GitOpsProperties.class);
    assertThatThrownBy(
        () -> new DestinationsFile(properties, new RuleChecks(properties.watch(), new Redaction(properties.secrets()))))
        .hasMessageContaining(", not both");
  }
}
