package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as Kubernetes mounts them, and as nobody should make them: links, and what is no file (S22). */
@Timeout(120)
class MountedFoldersTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final long SEED = 7;

  @TempDir
  Path temporary;

  private Path directory;
  private AdapterLoader loader;

  @BeforeEach
  void make() throws IOException {
    directory = Files.createDirectory(temporary.resolve("location"));
    loader = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true, "classpath*:none/*/adapter.yaml",
        directory.toString());
  }

  /** Writes files as kubelet does: into a new directory, to which a link is then moved, with links to what is in it. */
  private static void mount(Path volume, Map<String, String> files) throws IOException {
    Files.createDirectories(volume);
    var next = Files.createDirectory(volume.resolve("..2026_" + System.nanoTime()));
    for (var file : files.entrySet()) {
      var path = next.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    var before = Files.exists(volume.resolve("..data")) ? volume.resolve("..data").toRealPath() : null;
    Files.createSymbolicLink(volume.resolve("..data_tmp"), next.getFileName());
    Files.move(volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    for (String file : files.keySet()) {
      var top = Path.of(file).getName(0);
      if (!Files.exists(volume.resolve(top))) {
        Files.deleteIfExists(volume.resolve(top));
        Files.createSymbolicLink(volume.resolve(top), Path.of("..data").resolve(top));
      }
    }
    try (var tops = Files.list(volume)) {
      for (Path top : tops.filter(Files::isSymbolicLink).filter(path -> !Files.exists(path)).toList()) {
        Files.delete(top);
      }
    }
    if (before != null) {
      org.springframework.util.FileSystemUtils.deleteRecursively(before);
    }
  }

  private static String adapter(String name, String manifest, int concurrency) {
    return "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata: {name: " + name + "}\nspec: {template: job-adapter, "
        + "for: Cluster, manifest: " + manifest + ", concurrency: " + concurrency + "}\n";
  }

  private static String job(int number) {
    return "apiVersion: batch/v1\nkind: Job\nspec: {parallelism: " + number + "}\n";
  }

  /** How an adapter's files are laid out: the volume, below the location, and the folder in it. */
  @ParameterizedTest
  @CsvSource({
      "'a ConfigMap for an adapter', dns, '', job.yaml",
      "'one for all, with paths', '', dns/, job.yaml",
      "'one for all, manifests deeper', '', dns/, manifests/more/deep/er/job.yaml",
      "'a ConfigMap for an adapter, manifests in a folder', dns, '', manifests/job.yaml",
      "'a ConfigMap for an adapter, manifests deep', dns, '', a/b/c/d/e/f/job.yaml"})
  void seesEverySwap(String layout, String volume, String folder, String manifest) throws Exception {
    var mounted = directory.resolve(volume);
    mount(mounted, Map.of(folder + "adapter.yaml", adapter("dns", manifest, 1), folder + manifest, job(1)));
    var catalog = loader.load();
    assertThat(catalog.orThrow().definitions()).as(layout).containsOnlyKeys("dns");

    for (int i = 2; i < 20; i++) {
      assertThat(loader.isCurrent(catalog)).as("nothing has changed").isTrue();
      var digest = catalog.definitions().get("dns").digest();
      // The manifest alone, the definition alone, and the same content anew.
      mount(mounted,
          Map.of(folder + "adapter.yaml", adapter("dns", manifest, 1 + i / 2), folder + manifest, job((i + 1) / 2)));
      assertThat(loader.isCurrent(catalog)).as("swap %d", i).isFalse();
      catalog = loader.load();
      assertThat(catalog.orThrow().definitions().get("dns").digest()).isNotEqualTo(digest);
      mount(mounted,
          Map.of(folder + "adapter.yaml", adapter("dns", manifest, 1 + i / 2), folder + manifest, job((i + 1) / 2)));
      assertThat(loader.isCurrent(catalog)).as("only links have changed").isTrue();
    }
    mount(mounted, Map.of(folder + "adapter.yaml", adapter("dns", manifest, 1)));
    assertThat(loader.isCurrent(catalog)).isFalse();
    assertThat(loader.load().errors()).singleElement().satisfies(error -> assertThat(error.toString())
        .contains("dns/adapter.yaml:4: spec.manifest: file not found: " + manifest));
    mount(mounted, Map.of("unrelated.txt", "x"));
    assertThat(loader.load().definitions()).isEmpty();
  }

  @Test
  void seesFoldersThatComeAndGoInOneConfigMap() throws Exception {
    var random = new Random(SEED);
    var catalog = loader.load();
    for (int round = 0; round < 25; round++) {
      Map<String, String> files = new TreeMap<>();
      List<String> names = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        if (random.nextBoolean()) {
          names.add(name);
          files.put(name + "/adapter.yaml", adapter(name, "job.yaml", 1 + random.nextInt(3)));
          files.put(name + "/job.yaml", job(random.nextInt(3)));
        }
      }
      files.put("README.md", "round " + round);
      mount(directory, files);
      if (!loader.isCurrent(catalog)) {
        catalog = loader.load();
      }
      assertThat(catalog.orThrow().definitions().keySet()).containsExactlyElementsOf(names);
      assertThat(loader.load().definitions().values().stream().map(AdapterDefinition::digest))
          .containsExactlyElementsOf(catalog.definitions().values().stream().map(AdapterDefinition::digest).toList());
    }
  }

  @Test
  void neverMixesTwoVersionsWhileLinksAreSwapped() throws Exception {
    mount(directory, Map.of("dns/adapter.yaml", adapter("dns", "job.yaml", 1), "dns/job.yaml", job(1)));
    var failure = new java.util.concurrent.atomic.AtomicReference<Exception>();
    var swapper = new Thread(() -> {
      try {
        for (int i = 2; i < 60; i++) {
          mount(directory, Map.of("dns/adapter.yaml", adapter("dns", "job.yaml", i), "dns/job.yaml", job(i)));
        }
      } catch (IOException e) {
        failure.set(e);
      }
    });
    swapper.start();
    while (swapper.isAlive()) {
      var catalog = loader.load();
      if (loader.isCurrent(catalog) && !catalog.definitions().isEmpty()) {
        var definition = catalog.definitions().get("dns");
        assertThat(definition.renderManifests(Map.of()).get(0).object().get("spec"))
            .isEqualTo(Map.of("parallelism", (long) definition.concurrency()));
      }
    }
    swapper.join();
    assertThat(failure).hasValue(null);
    assertThat(loader.load().definitions().get("dns").concurrency()).isEqualTo(59);
  }

  @Test
  void aLocationThatComesLateOrIsSwappedItselfIsSeen() throws Exception {
    Files.delete(directory);
    var catalog = loader.load();
    assertThat(catalog.errors()).singleElement().satisfies(error -> assertThat(error.message())
        .contains("hyperfleet.adapters.location is not a readable directory"));
    assertThat(loader.isCurrent(catalog)).isTrue();

    for (int i = 1; i < 4; i++) {
      var tree = temporary.resolve("worktree-" + i);
      Files.createDirectories(tree.resolve("dns"));
      Files.writeString(tree.resolve("dns/adapter.yaml"), adapter("dns", "job.yaml", i));
      Files.writeString(tree.resolve("dns/job.yaml"), job(i));
      Files.deleteIfExists(directory);
      Files.createSymbolicLink(directory, tree.getFileName());
      assertThat(loader.isCurrent(catalog)).isFalse();
      catalog = loader.load();
      assertThat(catalog.orThrow().definitions().get("dns").concurrency()).isEqualTo(i);
    }
  }

  @Test
  void refusesLinksOutOfItAndWhatIsNoFile() throws Exception {
    var outside = Files.createDirectories(temporary.resolve("outside/secret"));
    Files.writeString(outside.resolve("adapter.yaml"), adapter("secret", "job.yaml", 1));
    Files.writeString(outside.resolve("job.yaml"), job(1));
    good("good");
    Files.createSymbolicLink(directory.resolve("secret"), outside);
    Files.createSymbolicLink(directory.resolve("sibling"), temporary.resolve("location-2"));
    Files.createDirectories(temporary.resolve("location-2"));
    Files.createSymbolicLink(directory.resolve("root"), Path.of("/"));
    Files.createSymbolicLink(directory.resolve("proc"), Path.of("/proc/self"));
    Files.createSymbolicLink(directory.resolve("nothing"), Path.of("nowhere"));
    Files.createSymbolicLink(directory.resolve("itself"), Path.of("itself"));
    Files.createSymbolicLink(directory.resolve("ping"), Path.of("pong"));
    Files.createSymbolicLink(directory.resolve("pong"), Path.of("ping"));
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));
    link("leak", "../good/job.yaml");
    link("absolute", "/etc/passwd");
    link("zero", "/dev/zero");
    link("cycle", "job.yaml");
    link("up", "..");
    var fifo = Files.createDirectory(directory.resolve("fifo"));
    Files.writeString(fifo.resolve("adapter.yaml"), adapter("fifo", "job.yaml", 1));
    assertThat(new ProcessBuilder("mkfifo", fifo.resolve("job.yaml").toString()).start().waitFor()).isZero();
    Files.createDirectories(directory.resolve("folder/adapter.yaml"));
    Files.createDirectories(directory.resolve("empty"));
    assertThat(new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start().waitFor()).isZero();
    Files.writeString(directory.resolve("file.yaml"), "x");

    var catalog = loader.load();

    assertThat(catalog.definitions()).containsOnlyKeys("good");
    assertThat(catalog.errors().stream().map(AdapterProblem::adapter).distinct()).containsExactlyInAnyOrder("secret",
        "sibling",
        "root", "proc", "nothing", "itself", "ping", "pong", "loop", "leak", "absolute", "zero", "cycle", "up", "fifo",
        "folder",
        "empty");
    assertThat(loader.isCurrent(catalog)).isTrue();
  }

  @Test
  void namesThatNobodyCanReadAreNamedSo() throws Exception {
    good("good");
    for (String name : List.of("a\nb", "a b", "A", "ünï", "x\u202Ey", "{{env:HOME}}", "${x}", "a%3Fb", "-a", "a-", "1a",
        "x".repeat(41),
        "x".repeat(250), "a\u0007", "lost+found", "#class:java.lang.String", "a?b&c", "a\u00A0b")) {
      if (!(System.getProperty("sun.jnu.encoding").contains("ANSI")
          && !StandardCharsets.US_ASCII.newEncoder().canEncode(name))) {
        Files.createDirectory(directory.resolve(name));
      }
    }
    new ProcessBuilder("bash", "-c", "mkdir " + directory + "/$'\\xff\\xfe' " + directory + "/$'a\\xffb'").start()
        .waitFor(10, TimeUnit.SECONDS);

    var catalog = loader.load();

    assertThat(catalog.definitions()).containsOnlyKeys("good");
    assertThat(catalog.errors()).hasSizeGreaterThan(14).allSatisfy(error -> assertThat(error.toString())
        .contains("is not a valid adapter name; use up to 40 lower-case letters, digits and hyphens")
        .doesNotContainPattern("[\\p{Cc}\u202E]"));
  }

  @Test
  void looksAtAThousandFoldersAndNoMore() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      Files.createDirectory(directory.resolve("z" + i));
    }
    good("good");

    var catalog = loader.load();

    assertThat(catalog.definitions()).containsOnlyKeys("good");
    assertThat(catalog.errors()).hasSize(1_000).extracting(AdapterProblem::message)
        .contains("has more than 1000 folders; only the first ones by name are used");
  }

  private void good(String name) throws IOException {
    Files.createDirectories(directory.resolve(name));
    Files.writeString(directory.resolve(name + "/adapter.yaml"), adapter(name, "job.yaml", 1));
    Files.writeString(directory.resolve(name + "/job.yaml"), job(1));
  }

  private void link(String name, String to) throws IOException {
    Files.createDirectories(directory.resolve(name));
    Files.writeString(directory.resolve(name + "/adapter.yaml"), adapter(name, "job.yaml", 1));
    Files.createSymbolicLink(directory.resolve(name + "/job.yaml"), Path.of(to));
  }
}
