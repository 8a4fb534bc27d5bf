package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the documentation is run by a test that takes it from its page, or stands here with the reason why
 * not.
 */
class CommandsTest {

  /** Commands that a test runs: page and command, and the test. It takes whatever is of that form from the page. */
  private static final Map<String, String> RUN = Map.ofEntries(
      Map.entry("docs/getting-started.md: curl .*", "GettingStartedIT"),
      Map.entry("docs/api.md: curl .*", "ApiDocumentationIT"),
      Map.entry("docs/(getting-started|api).md: (API|ID)=\\S+", "CurlCommand"),
      Map.entry("docs/getting-started.md: (mkdir|cp) .*my-routes.*", "GettingStartedIT"),
      Map.entry("docs/getting-started.md: psql .*", "GettingStartedIT"),
      Map.entry("docs/operations.md: select .*", "GettingStartedIT"),
      Map.entry("docs/operations.md: update .*", "RestoreIT"),
      Map.entry(".*: kubectl .*", "GettingStartedIT"),
      Map.entry("(README|docs/getting-started|docs/adapters/guide).md: java examples/Timeline.java.*",
          "GettingStartedIT"),
      Map.entry("(README|docs/getting-started).md: ./mvnw spring-boot:test-run.*", "GettingStartedIT"),
      Map.entry("docs/gitops.md: ./mvnw spring-boot:test-run.*", "LocalStartIT"),
      Map.entry("docs/gitops.md: git .*", "LocalStartIT"),
      Map.entry("docs/adapters/guide.md: ./mvnw spring-boot:test-run.*", "GuideIT"),
      Map.entry(
          "docs/adapters/(guide|templates).md: java -jar hyperfleet.jar (dry-run|test-adapter|adapter (new|lint|try|test)) .*",
          "GuideIT"),
      Map.entry("docs/adapters/rollout.md: (curl|java -jar hyperfleet.jar adapter plan) .*", "RolloutGuideIT"),
      Map.entry("docs/operations.md: java -jar hyperfleet.jar adapter lint .*", "GuideIT"),
      Map.entry("docs/cli.md: (hyperfleet|export) .*", "FleetCommandsIT"),
      Map.entry("docs/migration.md: java -jar hyperfleet.jar adapter import .*", "ImportCommandTest"),
      Map.entry("docs/migration.md: java -jar hyperfleet.jar config doctor", "InterchangeIT"),
      Map.entry("docs/getting-started.md: java -jar target/\\S+ dry-run .*", "GuideIT"),
      Map.entry("docs/getting-started.md: export .*", "BareHostIT"),
      Map.entry("docs/getting-started.md: java -jar target/\\S+ --help", "BareHostIT"),
      Map.entry("helm/hyperfleet/README.md: helm .*", "InstallationTest"));

  /** Those that none runs, and why. Maven cannot run within its own build: of its commands all names are checked. */
  private static final Map<String, String> NOT_RUN = notRun();

  private static final Pattern NAMED = Pattern.compile("-D(?:test|it\\.test|bench)=\"?(\\w+)");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
  private static final List<String> GOALS = List.of("verify", "test", "clean", "package", "test-compile", "exec:exec",
      "jib:buildTar", "spring-boot:test-run");

  private static Map<String, String> notRun() {
    var reasons = new LinkedHashMap<String, String>();
    reasons.put("./mvnw verify", "the suite that this test is part of");
    reasons.put("./mvnw verify -Pfaults.*",
        "the same with its long tests, 40 minutes and more; verify runs the short ones");
    reasons.put("./mvnw verify -Dtest.tags=hostile.*", "a part of the suite; verify runs it with fewer inputs");
    reasons.put("./mvnw( -q clean)? package -DskipTests( && sha256sum target/hyperfleet-\\*.jar)?",
        "a part of verify; BuildTest sees that all it makes has one time");
    reasons.put("./mvnw -Pimage package jib:buildTar -DskipTests",
        "needs a registry for the base; BuildTest compares the image's settings");
    reasons.put("./mvnw -Pcli package -DskipTests",
        "a part of verify and two copies; InstalledJvmTest lays the same out by itself");
    reasons.put("./mvnw -q -Pbench test-compile exec:exec -Dbench=\\w+",
        "measures, for minutes, on a machine that has nothing else to do");
    reasons.put("./mvnw test -Dtest=\\w+ -Dreference.write=true", "writes what the same test compares otherwise");
    reasons.put("./mvnw verify -DskipUnitTests -Dit.test=AdapterConformanceIT -Dconformance.*",
        "ConformanceCommandIT, a long one, does the same with commands of its own");
    reasons.put("java -jar target/hyperfleet-[^ ]+.jar",
        "the jar is made after the tests; BareHostIT starts its classes so");
    reasons.put("cp target/hyperfleet-\\*.jar hyperfleet.jar", "the same");
    reasons.put("pip install google-cloud-pubsub", "needs Python and a network");
    reasons.put("PUBSUB_EMULATOR_HOST=\\S+ python examples/pubsub/listen.py",
        "needs Python; the local Pub/Sub is tried with Google's client for Java");
    reasons.put("kubectl .* get --raw .*|kubectl .* port-forward .*",
        "need a pod; InstallationTest looks for their names in the chart");
    return reasons;
  }

  static boolean isNotRun(String command) {
    return NOT_RUN.keySet().stream().anyMatch(command::matches);
  }

  static Stream<Page> pages() {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsRunOrSaidNotToBe(Page page) {
    assertThat(page.commands()).allSatisfy(command -> assertThat(isNotRun(command)
        || RUN.keySet().stream().anyMatch((page + ": " + command)::matches))
        .as("run by a test, or in NOT_RUN: %s", command).isTrue());
  }

  @Test
  void noEntryIsOfACommandThatIsGone() {
    var commands = Page.all().stream().flatMap(page -> page.commands().stream().map(command -> page + ": " + command))
        .toList();
    assertThat(commands).hasSizeGreaterThan(100);
    assertThat(RUN.keySet())
        .allSatisfy(entry -> assertThat(commands).as(entry).anyMatch(command -> command.matches(entry)));
    assertThat(NOT_RUN.keySet()).allSatisfy(entry -> assertThat(commands).as(entry)
        .anyMatch(command -> command.replaceFirst(".*?: ", "").matches(entry)));
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    var sources = sources();
    assertThat(RUN.values()).allSatisfy(test -> assertThat(sources).contains(test));
    assertThat(maven().flatMap(command -> NAMED.matcher(command).results()).map(found -> found.group(1)))
        .isNotEmpty().allSatisfy(name -> assertThat(sources).contains(name));
  }

  private static List<String> sources() throws IOException {
    try (var tests = Files.walk(Path.of("src/test/java")); var benchmarks = Files.walk(Path.of("src/bench/java"))) {
      return Stream.concat(tests, benchmarks).map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java")).map(name -> name.substring(0, name.length() - ".java".length()))
          .toList();
    }
  }

  private static Stream<String> maven() {
    return Page.all().stream().flatMap(page -> page.commands("./mvnw").stream());
  }

  @Test
  void everyGoalAndProfileExists() {
    var pom = Page.of(Path.of("pom.xml")).text();
    assertThat(maven()).isNotEmpty().allSatisfy(command -> {
      var words = Shell.words(command.replaceFirst(" && .*", ""), Map.of());
      assertThat(words.subList(1, words.size())).filteredOn(word -> !word.startsWith("-")).isSubsetOf(GOALS);
      PROFILE.matcher(command).results()
          .forEach(profile -> assertThat(pom).contains("<id>" + profile.group(1) + "</id>"));
    });
  }

  /** The local starts are put together for one test, so that each key is looked up besides. */
  @Test
  void everyKeyThatALocalStartIsGivenExists() throws IOException {
    var declared = DocumentationTest.declaredKeys().keySet();
    assertThat(maven().flatMap(TestRunCommand::properties)).hasSizeGreaterThan(6).allSatisfy(property -> {
      var key = property.replaceFirst("=.*", "").replaceFirst("(hyperfleet.kinds)\\..*", "$1");
      assertThat(declared.contains(key) || key.equals("server.port")).as(property).isTrue();
    });
  }

  @Test
  void jarsHaveTheNameThatIsBuilt() {
    var pom = Page.of(Path.of("pom.xml")).text();
    var version = pom.substring(pom.indexOf("<artifactId>hyperfleet</artifactId>"))
        .replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    assertThat(Page.all().stream().flatMap(page -> page.commands("java").stream())
        .filter(command -> command.contains("-jar target/")))
        .isNotEmpty()
        .allSatisfy(command -> assertThat(command).startsWith("java -jar target/hyperfleet-" + version + ".jar"));
  }
}
