package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/hyperfleet with the JVM of the tests: the archive is made, is used, and changes nothing of what is printed. */
@Tag("long")
class InstalledJvmTest {

  private static final String[] TRY = {"adapter", "try", "--adapter", "examples/adapters/hello", "--cluster",
      "examples/cluster-as-stored.yaml"};

  @TempDir
  private Path directory;

  @Test
  void laterCommandsStartFromTheArchiveAndPrintTheSame() throws Exception {
    var installation = new Installation(directory, "installed");
    pack(installation.directory.resolve("hyperfleet.jar"));
    installation.environment.put("JAVA_HOME", System.getProperty("java.home"));
    installation.environment.put("HYPERFLEET_CACHE", "off");
    var without = installation.run(TRY);
    assertThat(without.err()).isEmpty();
    assertThat(without.code()).isZero();
    assertThat(without.out()).contains("Result: OK");

    installation.environment.put("HYPERFLEET_CACHE", "wait");
    var with = installation.run(TRY);
    assertThat(installation.cached()).hasSize(1).noneMatch(file -> file.toString().endsWith(".lock"));
    assertThat(lines(with.out())).isEqualTo(lines(without.out()));
    assertThat(with.err()).isEmpty();
    assertThat(with.code()).isZero();

    var classes = directory.resolve("classes");
    installation.environment.put("_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes);
    assertThat(installation.run(TRY).code()).isZero();
    var loaded = Files.readAllLines(classes);
    assertThat(loaded.stream().filter(line -> line.contains(" source: shared objects file")).count())
        .isGreaterThan(loaded.size() * 3L / 4);
    assertThat(loaded).anyMatch(line -> line.matches(".*io\\.hyperfleet\\.dryrun\\.DryRun source: shared objects.*"));
  }

  @Test
  void anArchiveThatIsBrokenIsNotUsedAndNothingIsSaidOfIt() throws Exception {
    var installation = new Installation(directory, "installed");
    pack(installation.directory.resolve("hyperfleet.jar"));
    installation.environment.put("JAVA_HOME", System.getProperty("java.home"));
    // What makes the archive stays at one that is there.
    installation.run("completion", "bash");
    var lock = installation.cached().get(0).toString();
    assertThat(lock).endsWith(".lock");
    Files.writeString(Path.of(lock.replace(".lock", "")), "no archive".repeat(1000));

    var ended = installation.run("adapter", "--help");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("Usage: hyperfleet adapter ");
    assertThat(ended.code()).isZero();
  }

  /** Without times, and in one order: that of some maps differs from JVM to JVM. */
  private static List<String> lines(String trace) {
    return trace.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>").lines().sorted().toList();
  }

  /** A jar as the build lays it out: classes and resources in it, libraries beside it. */
  private static void pack(Path jar) throws IOException {
    var entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
        .filter(entry -> !entry.endsWith("test-classes")).toList();
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.hyperfleet.HyperFleetApplication");
    // Relative as in the jar of the build: an archive takes no others.
    var lib = jar.resolveSibling("lib");
    var names = new ArrayList<String>();
    for (Path library : entries.stream().filter(Files::isRegularFile).toList()) {
      Files.copy(library, lib.resolve(library.getFileName()), StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      names.add("lib/" + library.getFileName());
    }
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    var packed = new HashSet<>(Set.of("", "META-INF/MANIFEST.MF"));
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Path root : entries.stream().filter(Files::isDirectory).toList()) {
        add(root, out, packed);
      }
    }
  }

  private static void add(Path root, JarOutputStream out, Set<String> packed) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        var name = root.relativize(file).toString().replace(File.separatorChar, '/');
        if (!packed.add(name)) {
          continue;
        }
        // Directories too: what looks for files below one asks for it.
        out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) {
          Files.copy(file, out);
        }
        out.closeEntry();
      }
    }
  }
}
