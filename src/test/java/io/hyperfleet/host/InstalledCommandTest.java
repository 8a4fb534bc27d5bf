package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bin/hyperfleet gives the JVM, over a stand-in for java that writes down what it is asked. */
class InstalledCommandTest {

  private static final long SEED = 17;
  private static final int ARGUMENTS = 200;

  /** Prints its arguments, one a line; a call that is to make an archive is noted, and does what the test wants. */
  private static final String JAVA = """
      #!/bin/sh
      here=$(dirname "$(readlink -f "$0")")/..
      archive=
      for argument; do
        case $argument in
          -XX:ArchiveClassesAtExit=*|-XX:AOTCacheOutput=*) archive=${argument#*=} ;;
        esac
      done
      if [ -n "$archive" ]; then
        echo made >>"$here/made"
        echo noise
        echo noise >&2
        [ -p "$here/gate" ] && cat "$here/gate"
        . "$here/making"
      fi
      [ "$1" = -XshowSettings:properties ] && { echo "    java.home = $(cat "$here/is")" >&2; exit 0; }
      printf '%s\\n' "$@"
      exit 7
      """;
  private static final String WELL = "echo archive >\"$archive\"; exit 0";

  @TempDir
  private Path directory;
  private Installation installation;
  private Path jdk;

  @BeforeEach
  void install() throws IOException {
    installation = new Installation(directory, "installed here");
    Files.writeString(installation.directory.resolve("hyperfleet.jar"), "a jar");
    jdk = jdk("jdk", "17.0.15");
    installation.environment.put("JAVA_HOME", jdk.toString());
    installation.environment.put("HYPERFLEET_CACHE", "wait");
  }

  private Path jdk(String name, String version) throws IOException {
    var home = Files.createDirectories(directory.resolve(name).resolve("bin")).getParent();
    script(home.resolve("bin/java"), JAVA);
    Files.writeString(home.resolve("making"), WELL);
    if (version != null) {
      Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nLIBC=\"gnu\"\n");
    }
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void making(String script) throws IOException {
    Files.writeString(jdk.resolve("making"), script);
  }

  private int made() throws IOException {
    return Files.exists(jdk.resolve("made")) ? Files.readAllLines(jdk.resolve("made")).size() : 0;
  }

  @ParameterizedTest
  @CsvSource({"17.0.15, jsa, SharedArchiveFile", "21, jsa, SharedArchiveFile", "24.0.1, jsa, SharedArchiveFile",
      "25.0.3, aot, AOTCache", "25-ea, aot, AOTCache", "31, aot, AOTCache"})
  void theFirstCallMakesAnArchiveAndStartsFromIt(String version, String ending, String option) throws Exception {
    jdk = jdk("other", version);
    installation.environment.put("JAVA_HOME", jdk.toString());

    for (int call = 0; call < 3; call++) {
      var ended = installation.run("adapter", "try");
      assertThat(ended.code()).as("java's own").isEqualTo(7);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out().lines()).contains("-Dhyperfleet.command=hyperfleet", "adapter", "try")
          .doesNotContain("noise")
          .contains("-XX:" + option + "=" + installation.cached().get(0));
    }

    assertThat(made()).isEqualTo(1);
    assertThat(installation.cached()).singleElement().asString().endsWith("." + ending)
        .contains("/" + version.replaceAll("\\D.*", "") + "-");
    assertThat(Files.getPosixFilePermissions(installation.cache())).hasSize(3);
  }

  @Test
  void itIsMadeInTheBackgroundAndHoldsNobodyUp() throws Exception {
    installation.environment.remove("HYPERFLEET_CACHE");
    assertThat(new ProcessBuilder("mkfifo", jdk.resolve("gate").toString()).start().waitFor()).isZero();
    var builder = new ProcessBuilder(installation.command().toString(), "adapter", "try").redirectErrorStream(true);
    builder.environment().putAll(installation.environment);
    builder.environment().remove("HYPERFLEET_CACHE");
    var process = builder.start();

    // Whoever reads all that it prints is not held up either.
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output.lines()).contains("adapter").noneMatch(line -> line.contains("Archive") || line.equals("noise"));
    assertThat(installation.cached()).noneMatch(file -> file.toString().endsWith(".jsa"));
    Files.writeString(jdk.resolve("gate"), "");
    await().until(() -> installation.cached().stream().allMatch(file -> file.toString().endsWith(".jsa")));
    assertThat(installation.run("adapter").out()).contains("-XX:SharedArchiveFile=");
  }

  @Test
  void anotherJdkOrAnotherReleaseHasAnotherArchive() throws Exception {
    installation.run("adapter");
    Files.writeString(installation.directory.resolve("hyperfleet.jar"), "b jar");
    installation.run("adapter");
    assertThat(installation.cached()).hasSize(2);
    Files.createFile(installation.directory.resolve("lib/new.jar"));
    Files.setLastModifiedTime(installation.directory.resolve("lib"), FileTime.fromMillis(0));
    installation.run("adapter");
    assertThat(installation.cached()).hasSize(3);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.16\"\n");
    installation.run("adapter");
    assertThat(installation.cached()).hasSize(4);
    jdk("other", "17.0.16");
    installation.environment.put("JAVA_HOME", directory.resolve("other").toString());
    assertThat(installation.run("adapter").code()).isEqualTo(7);
    assertThat(installation.cached()).hasSize(5);
  }

  @Test
  void ofCallsAtOnceOneMakesIt() throws Exception {
    var calls = new ArrayList<Installation.Started>();
    for (int i = 0; i < 12; i++) {
      calls.add(installation.start("adapter", "call" + i));
    }
    for (int i = 0; i < calls.size(); i++) {
      var ended = calls.get(i).end();
      assertThat(ended.out()).endsWith("adapter\ncall" + i + "\n").doesNotContain("noise");
      assertThat(ended.err()).isEmpty();
    }
    assertThat(made()).isEqualTo(1);
    assertThat(installation.cached()).singleElement().asString().endsWith(".jsa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "exit 0", "echo half >\"$archive\"; kill -9 $$", ": >\"$archive\""})
  void whereItCannotBeMadeNothingIsSaidAndItIsNotTriedAgain(String making) throws Exception {
    making(making);
    for (int i = 0; i < 3; i++) {
      var ended = installation.run("adapter");
      assertThat(ended.code()).isEqualTo(7);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).doesNotContain("-XX:SharedArchiveFile", "noise");
    }
    assertThat(made()).isEqualTo(1);
    assertThat(installation.cached()).singleElement().asString().endsWith(".lock");

    making(WELL);
    Files.setLastModifiedTime(installation.cached().get(0), FileTime.fromMillis(0));
    assertThat(installation.run("adapter").out()).as("the next day").contains("-XX:SharedArchiveFile");
  }

  /** Root may write everywhere but here. */
  @ParameterizedTest
  @CsvSource({"HOME, ", "HOME, /proc", "HOME, /dev/null", "XDG_CACHE_HOME, /proc", "XDG_CACHE_HOME, /dev/null/x",
      "HYPERFLEET_CACHE, off"})
  void withoutAFolderItGoesWithout(String variable, String value) throws Exception {
    if (value == null) {
      installation.environment.remove(variable);
    } else {
      installation.environment.put(variable, value);
    }
    var ended = installation.run("adapter");
    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("adapter").doesNotContain("-XX:SharedArchiveFile");
    assertThat(made()).isZero();
  }

  @Test
  void theFolderIsTheUsersOwn() throws Exception {
    installation.environment.put("XDG_CACHE_HOME", "relative");
    assertThat(installation.run("adapter").out()).contains("=" + installation.cache() + "/");
    installation.environment.put("XDG_CACHE_HOME", directory.resolve("xdg").toString());
    assertThat(installation.run("adapter").out()).contains("=" + directory.resolve("xdg/hyperfleet/17-"));
    installation.environment.remove("XDG_CACHE_HOME");
    var caches = Files.createDirectories(directory.resolve("home/Library/Caches"));
    assertThat(installation.run("adapter").out()).contains("=" + caches.resolve("hyperfleet/17-"));
  }

  @Test
  void saysWhichJavaIsMissing() throws Exception {
    installation.environment.put("JAVA_HOME", directory + "/none");
    refused("JAVA_HOME is '" + directory + "/none', which has no bin/java: set it to a JDK or JRE, 17 or newer");
    for (String old : List.of("1.8.0_392", "11.0.21", "16")) {
      installation.environment.put("JAVA_HOME", jdk("old", old).toString());
      refused("old/bin/java is Java " + old + ": set JAVA_HOME to a JDK or JRE, 17 or newer");
    }
    installation.environment.remove("JAVA_HOME");
    installation.environment.put("PATH", tools().toString());
    refused("no java on PATH: install a JDK or JRE, 17 or newer, or set JAVA_HOME to one");
  }

  private void refused(String reason) throws Exception {
    var ended = installation.run("adapter", "try");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("hyperfleet: ").contains(reason).hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }

  /** What else the script calls. */
  private Path tools() throws IOException {
    var tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("sh", "readlink", "sed", "cat", "cksum", "ls", "uname", "mkdir", "rmdir", "find", "mv",
        "rm", "nice", "dirname")) {
      for (String folder : List.of("/bin", "/usr/bin")) {
        var file = Path.of(folder, tool);
        if (Files.exists(file) && !Files.exists(tools.resolve(tool))) {
          script(tools.resolve(tool), "#!/bin/sh\nexec " + file + " \"$@\"\n");
        }
      }
    }
    return tools;
  }

  @Test
  void findsItselfAndJavaBehindLinks() throws Exception {
    installation.environment.remove("JAVA_HOME");
    var tools = tools();
    var alternatives = Files.createDirectories(directory.resolve("alternatives"));
    Files.createSymbolicLink(alternatives.resolve("java"), Path.of("../jdk/bin/java"));
    Files.createSymbolicLink(tools.resolve("java"), alternatives.resolve("java"));
    installation.environment.put("PATH", tools.toString());
    var link = Files.createSymbolicLink(directory.resolve("hf"), directory.relativize(installation.command()));

    var ended = installation.runAs(link, "adapter");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains(installation.directory + "/hyperfleet.jar", "-XX:SharedArchiveFile=");
  }

  @Test
  void asksAStandInWhereTheJdkIs() throws Exception {
    var shim = jdk("shims", null);
    Files.writeString(shim.resolve("is"), jdk.toString());
    installation.environment.put("JAVA_HOME", shim.toString());
    assertThat(installation.run("adapter").out()).contains("-XX:SharedArchiveFile=");

    Files.writeString(shim.resolve("is"), directory.resolve("unknown").toString());
    var ended = installation.run("adapter");
    assertThat(ended.out()).contains("adapter").doesNotContain("-XX:SharedArchiveFile=");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void aServersJvmIsGivenNothing() throws Exception {
    assertThat(installation.run("--hyperfleet.roles=api", "--server.port=1").out()).isEqualTo(
        "-jar\n" + installation.directory + "/hyperfleet.jar\n--hyperfleet.roles=api\n--server.port=1\n");
    assertThat(installation.run().out()).isEqualTo("-jar\n" + installation.directory + "/hyperfleet.jar\n");
    assertThat(made()).isZero();
    assertThat(installation.run("--help").out()).contains("-Dhyperfleet.command=hyperfleet");
  }

  @Test
  void anotherCollectorStays() throws Exception {
    assertThat(installation.run("adapter").out()).contains("-XX:+UseSerialGC");
    installation.environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC");
    assertThat(installation.run("adapter").out()).doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    var random = new Random(SEED);
    var characters = " '\"\\$`*?[]{}()<>|&;#~!%=-:/.,abcAB0\t\u00e9\u4e2d";
    var arguments = IntStream.range(0, ARGUMENTS).mapToObj(i -> IntStream.range(0, random.nextInt(12))
        .mapToObj(j -> characters.substring(random.nextInt(characters.length())).substring(0, 1))
        .reduce("", String::concat)).toList();
    var words = new ArrayList<>(List.of("adapter"));
    words.addAll(arguments);
    installation.environment.put("LC_ALL", "C.UTF-8");

    var output = installation.run(words.toArray(String[]::new)).out().lines().toList();

    assertThat(output.subList(output.size() - ARGUMENTS, output.size())).isEqualTo(arguments);
  }
}
