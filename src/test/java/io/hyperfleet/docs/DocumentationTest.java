package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the documentation says is there, is there. */
class DocumentationTest {

  private static final Pattern KEY = Pattern
      .compile("(?<![\\w/.])hyperfleet\\.(?!(?:io|jar)\\b)[a-z0-9-]+(\\.[a-z0-9-]+)*");
  private static final Pattern TEST = Pattern.compile("(?<=`)[A-Za-z]+(Test|IT)(?=`)");
  private static final Pattern MANIFEST = Pattern.compile("(?m)^ +(?:- )?(?:manifest|file): (\\S+)$");

  static Stream<Page> pages() {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesThatExist(Page page) {
    assertThat(page.links()).allSatisfy(link -> assertThat(link).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToPlacesThatExist(Page page) {
    assertThat(page.anchoredLinks()).allSatisfy(link -> {
      var target = link.split("#", 2);
      assertThat(Page.of(Path.of(target[0])).anchors()).as(link).contains(target[1]);
    });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void yamlAndJsonBlocksCanBeRead(Page page) throws IOException {
    for (String block : page.blocks("yaml")) {
      assertThat(new Yaml().<Object>load(block)).as(block).isNotNull();
    }
    for (String block : page.blocks("json")) {
      assertThat(new ObjectMapper().readTree(block)).as(block).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void adaptersAreOnesThatTheLoaderAccepts(Page page, @TempDir Path directory) throws IOException {
    Files.createDirectories(directory.resolve("adapters"));
    var blocks = new ArrayList<>(page.blocks("yaml"));
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).contains("\nkind: Adapter\n")) {
        writeAdapter(directory.resolve("adapters"), blocks, i);
      }
    }
    var routes = Files.createDirectory(directory.resolve("routes"));
    for (String block : blocks) {
      if (block.startsWith("- routeTemplate:")) {
        Files.writeString(routes.resolve("page.camel.yaml"), block);
      }
    }
    assertThat(load(directory.resolve("adapters"), AdapterTemplates.in(routes)).load().problems()).isEmpty();
  }

  /** The manifests of an adapter stand behind it, in its order. */
  private static void writeAdapter(Path directory, List<String> blocks, int index) throws IOException {
    Map<String, Map<String, Object>> adapter = new Yaml().load(blocks.get(index));
    var folder = Files.createDirectories(directory.resolve(String.valueOf(adapter.get("metadata").get("name"))));
    Files.writeString(folder.resolve("adapter.yaml"), blocks.get(index));
    int next = index + 1;
    for (var file : MANIFEST.matcher(blocks.get(index)).results().toList()) {
      Files.writeString(folder.resolve(file.group(1)), blocks.get(next++));
    }
  }

  @Test
  void exampleAdaptersLoadAndAreShownAsTheyAre() throws IOException {
    assertThat(load(Path.of("examples/adapters"), AdapterTemplates.builtIn()).load().problems()).isEmpty();
    assertThat(Page.of(Path.of("docs/getting-started.md")).blocks("yaml")).contains(
        Files.readString(Path.of("examples/adapters/hello/adapter.yaml")),
        Files.readString(Path.of("examples/adapters/hello/job.yaml")));
  }

  private static AdapterLoader load(Path directory, AdapterTemplates templates) {
    return new AdapterLoader(new CelEngine(), templates, PolicyFixture.rules(Map.of()),
        new Kinds(new KindsProperties(Map.of())),
        new AdapterProperties(directory.toString(), List.of(), false, Duration.ZERO, Duration.ofSeconds(15),
            Duration.ZERO));
  }

  @Test
  void everyKeyThatIsNamedIsOneThatIsDeclared() throws IOException {
    var declared = declaredKeys();
    var pages = new ArrayList<>(Page.all());
    for (var folder : List.of("src/main/resources", "src/test/resources")) {
      try (var files = Files.list(Path.of(folder))) {
        files.filter(file -> file.getFileName().toString().matches("application.*\\.yaml")).map(DocumentationTest::flat)
            .forEach(pages::add);
      }
    }
    var unknown = new TreeMap<String, String>();
    for (Page page : pages) {
      page.find(KEY).filter(key -> !key.contains(".changed.v")).filter(key -> !isDeclared(key, declared))
          .forEach(key -> unknown.put(key, page.toString()));
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isDeclared(String key, Map<String, String> declared) {
    return declared.keySet().stream().anyMatch(name -> name.equals(key) || name.startsWith(key + ".")
        || declared.get(name).startsWith("java.util.Map") && key.startsWith(name + "."));
  }

  static Map<String, String> declaredKeys() throws IOException {
    var found = new HashMap<String, String>();
    for (var file : List.of("target/classes/META-INF/spring-configuration-metadata.json",
        "src/test/resources/META-INF/additional-spring-configuration-metadata.json")) {
      for (var property : new ObjectMapper().readTree(Path.of(file).toFile()).get("properties")) {
        found.put(property.get("name").asText(), property.path("type").asText());
      }
    }
    return found;
  }

  /** The HyperFleet keys of a configuration file, a line each. */
  private static Page flat(Path file) {
    var keys = new ArrayList<String>();
    collect("", new Yaml().load(Page.of(file).text()), keys);
    keys.removeIf(key -> !key.startsWith("hyperfleet."));
    return new Page(file, String.join("\n", keys));
  }

  private static void collect(String key, Object value, List<String> keys) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> collect(key.isEmpty() ? name.toString() : key + "." + name, inner, keys));
    } else {
      keys.add(key);
    }
  }

  @Test
  void everyKeyIsDescribedInWords() throws IOException {
    var metadata = new ObjectMapper().readTree(Path.of("target/classes/META-INF/spring-configuration-metadata.json")
        .toFile());
    assertThat(metadata.get("properties"))
        .filteredOn(property -> property.get("name").asText().startsWith("hyperfleet."))
        .allSatisfy(property -> assertThat(property.path("description").asText()).as("%s", property).endsWith("."));
  }

  @Test
  void testRunFindsOneClassToStart() throws IOException {
    try (var sources = Files.walk(Path.of("src/test/java"))) {
      assertThat(sources.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> Page.of(file).text().contains("public static void main(")
              && !file.endsWith("DocumentationTest.java")))
          .extracting(file -> file.getFileName().toString()).containsExactly("LocalHyperFleet.java");
    }
  }

  @Test
  void securityNamesTestsThatExist() throws IOException {
    var page = Page.of(Path.of("SECURITY.md"));
    try (var sources = Files.walk(Path.of("src/test/java"))) {
      var tests = sources.map(file -> file.getFileName().toString().replace(".java", "")).toList();
      assertThat(page.find(TEST)).hasSizeGreaterThan(30).allMatch(tests::contains);
    }
    var rows = page.text().lines().filter(line -> line.matches("\\| S\\d+ .*`[A-Za-z]+(Test|IT)`.*"))
        .map(line -> Integer.parseInt(line.split("[| ]+")[1].substring(1))).toList();
    assertThat(rows).isSorted().doesNotHaveDuplicates()
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 23).boxed().toList());
  }

  /** Every decision is in the index, by its number and title. */
  @Test
  void theIndexNamesEveryDecision() throws IOException {
    var index = Page.of(Path.of("docs/decisions/README.md")).text();
    try (var files = Files.list(Path.of("docs/decisions"))) {
      var decisions = files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*"))
          .toList();
      assertThat(decisions).hasSizeGreaterThan(80).allSatisfy(name -> {
        var title = Page.of(Path.of("docs/decisions", name)).text().lines().findFirst().orElseThrow();
        assertThat(title).startsWith("# " + Integer.parseInt(name.substring(0, 4)) + ". ");
        assertThat(index).contains("- [" + title.substring(2) + "](" + name + ")\n");
      });
    }
  }

  /** The first page stays one screen: what it is, for whom, how to try it, and where to go on. */
  @Test
  void theReadmeIsShort() {
    assertThat(Page.of(Path.of("README.md")).text().lines()).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void continuousIntegrationRunsTheTestsOfTheReadme() {
    var commands = Page.of(Path.of("README.md")).blocks("bash");
    assertThat(commands).contains("./mvnw spring-boot:test-run\n", "./mvnw verify\n");
    assertThat(Page.of(Path.of(".ci/run")).text()).contains("./mvnw verify").doesNotContain("-DskipTests");
  }
}
