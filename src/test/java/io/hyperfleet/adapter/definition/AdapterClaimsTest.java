package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.folder.AdapterDirectory;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.kind.AdapterConditions;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions and conditions that two adapters want (S22). */
class AdapterClaimsTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final long SEED = 11;

  @TempDir
  Path directory;

  @Test
  void builtInAdaptersWinWhateverComes() throws Exception {
    write(directory, "aaa", "subscription: dns-adapter-sub");
    write(directory, "dns", "subscription: placement-adapter-sub");
    write(directory, "valida-tion", "concurrency: 2");
    write(directory, "d-ns", "concurrency: 2");
    write(directory, "dn-s", "for: NodePool");
    write(directory, "place-ment", "subscription: mine");

    var catalog = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true, AdapterLoader.BUILT_IN,
        directory.toString()).load();

    assertThat(catalog.errors()).extracting(error -> error.toString().replace(directory + "/", "")).containsExactly(
        "aaa/adapter.yaml:9: spec.subscription: is already used by the adapter 'dns'; each adapter needs its own",
        "dns/adapter.yaml:9: spec.subscription: is already used by the adapter 'placement'; each adapter needs its own");
    assertThat(catalog.definitions().get("dns")).isSameAs(catalog.builtIn().definitions().get("dns"));
    assertThat(catalog.definitions()).as("DNsSuccessful is not DnsSuccessful").containsKeys("d-ns", "dn-s",
        "valida-tion",
        "place-ment");
  }

  @Test
  void theFirstNameWinsAndTheMessageNamesIt() throws Exception {
    write(directory, "a-1", "concurrency: 1");
    write(directory, "a1", "concurrency: 1");
    write(directory, "a--1", "concurrency: 1");

    var catalog = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true,
        "classpath*:none/*/adapter.yaml", directory.toString()).load();

    assertThat(catalog.definitions()).containsOnlyKeys("a--1");
    assertThat(catalog.errors()).extracting(AdapterProblem::toString).containsExactly(
        directory
            + "/a-1/adapter.yaml:4: metadata.name: also produces the condition A1Successful of the adapter 'a--1'; "
            + "each adapter needs its own",
        directory
            + "/a1/adapter.yaml:4: metadata.name: also produces the condition A1Successful of the adapter 'a--1'; each "
            + "adapter needs its own");
  }

  @Test
  void ofManyNoTwoHaveTheSame() throws Exception {
    var random = new Random(SEED);
    var parts = List.of("a", "1", "-", "b", "2", "-", "dns");
    for (int round = 0; round < 15; round++) {
      var folders = Files.createDirectory(directory.resolve("round-" + round));
      var names = new TreeMap<String, String>();
      while (names.size() < 20) {
        var name = new StringBuilder("a");
        for (int i = 0; i < random.nextInt(5); i++) {
          name.append(parts.get(random.nextInt(parts.size())));
        }
        if (AdapterDirectory.NAME.matcher(name).matches()) {
          names.put(name.toString(), random.nextInt(3) == 0 ? "sub-" + random.nextInt(5) : name + "-adapter-sub");
        }
      }
      for (var name : names.entrySet()) {
        write(folders, name.getKey(), "subscription: " + name.getValue());
      }

      var catalog = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true,
          "classpath*:none/*/adapter.yaml", folders.toString()).load();

      Set<String> taken = new HashSet<>();
      names.forEach((name, subscription) -> {
        var condition = AdapterConditions.typeOf(name);
        boolean free = !taken.contains(subscription) && !taken.contains(condition);
        assertThat(catalog.definitions().containsKey(name)).as("%s of %s", name, names).isEqualTo(free);
        if (free) {
          taken.add(subscription);
          taken.add(condition);
        }
      });
    }
  }

  private static void write(Path directory, String name, String line) throws IOException {
    var folder = Files.createDirectories(directory.resolve(name));
    var spec = line.startsWith("for:") ? line : "for: Cluster\n  " + line;
    Files.writeString(folder.resolve("adapter.yaml"),
        "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata:\n  name: " + name
            + "\nspec:\n  template: job-adapter\n  manifest: job.yaml\n  " + spec + "\n");
    Files.writeString(folder.resolve("job.yaml"), "apiVersion: batch/v1\nkind: Job\n");
  }
}
