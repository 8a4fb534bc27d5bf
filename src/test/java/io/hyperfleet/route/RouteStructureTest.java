package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.route.RouteFile.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the shipped routes are wired: what Camel says nothing about, or only once a message comes. */
class RouteStructureTest {

  private static final int LONGEST_DESCRIPTION = 60;
  private static final List<RouteFile> FILES = RouteFile.all();

  @Test
  void fileNamesAreUnique() {
    assertThat(FILES).extracting(RouteFile::name).doesNotHaveDuplicates()
        .allMatch(name -> name.endsWith(RouteFiles.SUFFIX));
  }

  /** Whoever knows a route, from a metric or a log, finds its file. */
  @Test
  void filesCarryTheNameOfWhatStandsFirstInThem() {
    FILES.forEach(file -> {
      var first = (Map<?, ?>) file.entries().get(0).values().iterator().next();
      assertThat(file.name()).as("%s", file.path()).isEqualTo(first.get("id") + RouteFiles.SUFFIX);
    });
  }

  @Test
  void stepsSayWhatTheyDoInTwoWordsOrMore() {
    assertThat(all(RouteFile::steps)).isNotEmpty().filteredOn(step -> !step.id().matches("[a-z0-9]+(-[a-z0-9]+)+"))
        .isEmpty();
  }

  @Test
  void routesAndStepsHaveUniqueIds() {
    var ids = new ArrayList<String>();
    all(file -> file.entries("route")).forEach(route -> ids.add(route.id()));
    all(file -> file.entries("templatedRoute")).forEach(route -> ids.add(route.text("routeId")));
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+"));

    var nodes = new ArrayList<Node>();
    nodes.addAll(all(RouteFile::steps));
    nodes.addAll(all(RouteFile::branches));
    nodes.addAll(all(file -> file.endpoints("from")));
    assertThat(nodes).allSatisfy(node -> assertThat(node.settings().get("id")).as("%s", node).isNotNull());
    // A template's ids get the prefix of each instance.
    assertThat(nodes.stream().filter(node -> node.file().entries("routeTemplate").isEmpty()).map(Node::id))
        .doesNotHaveDuplicates();
    FILES.forEach(file -> assertThat(nodes.stream().filter(node -> node.file() == file).map(Node::id))
        .as(file.name()).doesNotHaveDuplicates());
  }

  @Test
  void routesSayWhatTheyDoInALine() {
    var described = new ArrayList<>(all(RouteFile::routes));
    described.addAll(all(file -> file.entries("routeTemplate")));
    described.addAll(all(file -> file.entries("routeConfiguration")));
    assertThat(described).allSatisfy(node -> assertThat(node.text("description")).as("%s", node).isNotBlank());
    FILES.forEach(file -> file.walk((word, value) -> {
      if (word.equals("description") && !isParameter(file, value)) {
        assertThat(String.valueOf(value)).as(file.name()).hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
      }
    }));
  }

  /** What a template says about its parameters may be as long as a sentence. */
  private static boolean isParameter(RouteFile file, Object description) {
    return file.entries("routeTemplate").stream()
        .flatMap(template -> parameters(template).stream())
        .anyMatch(parameter -> description.equals(parameter.get("description")));
  }

  @Test
  void everyCallWithinTheProcessIsHeard() {
    var consumers = new HashSet<String>();
    all(file -> file.endpoints("from")).forEach(from -> consumers.add(from.text("uri") + ":" + from.parameter("name")));
    assertThat(all(file -> file.endpoints("to")).stream().filter(to -> to.text("uri").matches("direct|seda")))
        .isNotEmpty()
        .allSatisfy(to -> assertThat(consumers).as("%s", to).contains(to.text("uri") + ":" + to.parameter("name")));
    assertThat(javaReferences("\"((?:direct|seda):[a-z-]+)")).isNotEmpty()
        .allSatisfy(reference -> assertThat(consumers).contains(reference));
  }

  @Test
  void everyRouteHasARouteConfigurationThatExists() {
    var known = all(file -> file.entries("routeConfiguration")).stream().map(Node::id).toList();
    assertThat(known).isNotEmpty().doesNotHaveDuplicates();
    assertThat(all(RouteFile::routes))
        .allSatisfy(route -> assertThat(known).as("%s", route).contains(route.text("routeConfigurationId")));
  }

  @Test
  void everyTemplateInstanceResolves() throws IOException {
    var templates = new java.util.HashMap<String, Node>();
    all(file -> file.entries("routeTemplate")).forEach(template -> templates.put(template.id(), template));
    for (Node instance : all(file -> file.entries("templatedRoute"))) {
      assertResolves(templates.get(instance.text("routeTemplateRef")),
          parameters(instance).stream().map(parameter -> (String) parameter.get("name")).toList(), instance.toString());
    }
    try (Stream<Path> definitions = Files.walk(Path.of("src/main/resources/adapters"))) {
      for (Path definition : definitions.filter(path -> path.endsWith("adapter.yaml")).toList()) {
        var template = first("(?m)^ +template: (\\S+)$", Files.readString(definition));
        // What the adapters' instances are given.
        assertResolves(templates.get(template), List.of("adapter"),
            definition.toString());
      }
    }
    // What adapters of a template make is read when their folders are loaded.
    templates.values().forEach(template -> assertThat(parameters(template))
        .filteredOn(parameter -> !parameter.get("name").equals("workload")).allSatisfy(
            parameter -> assertThat(template.file().text())
                .containsPattern("\\{\\{\\??" + parameter.get("name") + "}}")));
  }

  private static void assertResolves(Node template, List<String> given, String instance) {
    assertThat(template).as(instance).isNotNull();
    var declared = parameters(template).stream().map(parameter -> (String) parameter.get("name")).toList();
    assertThat(declared).as(instance).containsAll(given);
    parameters(template).stream()
        .filter(parameter -> !Boolean.FALSE.equals(parameter.get("required")) && !parameter.containsKey("defaultValue"))
        .forEach(parameter -> assertThat(given).as(instance).contains((String) parameter.get("name")));
    assertThat(matches("\\{\\{([a-zA-Z]+)}}", template.file().text())).as(instance).isSubsetOf(declared);
  }

  @Test
  void everyStatementIsThereAndUsed() throws IOException {
    var used = new HashSet<>(javaReferences("Sql(?:File|Statement)\\.read\\(\"([a-z-]+)\"\\)"));
    FILES.forEach(file -> used.addAll(matches("classpath:sql/([a-z-]+)\\.sql", file.text())));
    try (Stream<Path> statements = Files.list(Path.of("src/main/resources/sql"))) {
      assertThat(statements.map(path -> path.getFileName().toString().replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  @Test
  void everyPromisedComponentDoesWork() {
    var consumed = all(file -> file.endpoints("from")).stream().map(from -> from.text("uri")).toList();
    var called = all(file -> file.endpoints("to")).stream().map(to -> to.text("uri")).toList();
    var steps = all(RouteFile::steps);

    assertThat(consumed).contains("google-pubsub");
    assertThat(called).contains("google-pubsub", "kubernetes-job", "sql")
        .anyMatch(uri -> uri.startsWith("{{hyperfleet.api.base-url}}"));
    assertThat(steps).extracting(Node::word).contains("marshal", "unmarshal");
    assertThat(steps).filteredOn(step -> step.word().equals("marshal") || step.word().equals("unmarshal"))
        .allSatisfy(step -> assertThat(((Map<?, ?>) step.settings().get("json")).get("library")).isEqualTo("Jackson"));
    assertThat(steps).filteredOn(step -> step.word().equals("transformDataType"))
        .extracting(step -> step.text("toType")).contains("application-cloudevents+json");
  }

  private static List<Node> all(Function<RouteFile, List<Node>> nodes) {
    return FILES.stream().flatMap(file -> nodes.apply(file).stream()).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> parameters(Node node) {
    return node.settings().containsKey("parameters")
        ? (List<Map<String, Object>>) node.settings().get("parameters")
        : List.of();
  }

  private static Set<String> javaReferences(String pattern) {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      var found = new HashSet<String>();
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        found.addAll(matches(pattern, Files.readString(source)));
      }
      return found;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String first(String pattern, String text) {
    return matches(pattern, text).stream().findFirst().orElse("");
  }
}
