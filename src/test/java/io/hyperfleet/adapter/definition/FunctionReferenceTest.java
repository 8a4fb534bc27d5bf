package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterVariables.Described;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelException;
import io.hyperfleet.cel.function.CelReference;
import io.hyperfleet.cel.function.CelReference.Example;
import io.hyperfleet.docs.GeneratedPage;
import io.hyperfleet.policy.PolicyFixture;
import io.hyperfleet.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The page of functions and variables: complete, and each example gives what it says. */
class FunctionReferenceTest {

  private static final Path PAGE = Path.of("docs/adapters/functions.md");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CelEngine ENGINE = CelEngine.untimed(Clock.fixed(NOW, ZoneOffset.UTC));
  private static final CelReference REFERENCE = ENGINE.reference();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CLUSTER = """
      id: c-1
      name: prod
      generation: 3
      labels: {team: web, cost-center: "42"}
      spec: {region: eu-1, nodes: 3, zones: [a, b, c]}
      adapter_statuses:
        - adapter: dns
          observed_generation: 3
          conditions:
            - {type: Available, status: "True", reason: ResourcesReady, message: "", last_transition_time: "2026-01-02T02:59:05Z"}
          last_definitive: {status: "True", observed_generation: 3, data: {dns: prod.example.com}}
      """;
  private static final String RESOURCES = """
      job:
        apiVersion: batch/v1
        kind: Job
        metadata: {name: mine-c-1-gen3}
        status:
          succeeded: 1
          conditions: [{type: Complete, status: "True"}]
        result: {bucket: b-1, size: 3}
      """;
  private static final String ADAPTER = """
      apiVersion: hyperfleet.io/v1
      kind: Adapter
      metadata:
        name: mine
      spec:
        template: %s
        for: %s
        parameters: {days: 30}
      """;

  /** An expression in every place that may hold one: what stands before and after it, and what the page says of it. */
  private record Place(String key, String before, String after, boolean report, String sees) {}

  private static final String EMPTY = "all; `resources` are empty, and a warning says so";
  private static final List<Place> PLACES = List.of(
      new Place("appliesWhen", "appliesWhen: \"", "\"", false, EMPTY),
      new Place("preconditions", "preconditions: {a: \"", "\"}", false, EMPTY),
      new Place("manifest", "description: \"", "\"", false,
          "all; `resources` are empty, but for the failed Job that the next attempt replaces"),
      new Place("discover", "discover: [{name: found, apiVersion: v1, kind: Service, byName: \"${string(", ")}\"}]",
          false,
          "all; `resources` holds what the adapter made"),
      new Place("postconditions", "postconditions: {a: \"", "\"}", false,
          "all; `resources` holds what the adapter made and what it discovers"),
      new Place("data", "data: {a: \"", "\"}", false, "the same"),
      new Place("conditions", "conditions: {Mine: \"", "\"}", true, "the same, and `report`"),
      new Place("messages", "messages: {JobFailed: \"${string(", ")}\"}", true, "the same, and `report.message`"));

  @TempDir
  Path directory;

  @Test
  void everyFunctionIsDescribed() {
    assertThat(REFERENCE.undocumented()).isEmpty();
    assertThat(REFERENCE.groups()).flatExtracting(CelReference.Group::functions).hasSizeGreaterThan(100)
        .allSatisfy(function -> {
          assertThat(function.signatures()).as(function.name()).isNotEmpty();
          assertThat(function.examples()).as(function.name()).isNotEmpty();
          assertThat(function.what()).as(function.name()).endsWith(".");
          assertThat(function.wrong()).as(function.name()).isNotBlank();
        });
  }

  @Test
  void everyVariableIsDescribed() {
    var described = AdapterVariables.described().stream().map(one -> one.name().replaceFirst("\\..*", ""))
        .collect(Collectors.toSet());
    var there = new TreeSet<>(AdapterVariables.names("NodePool"));
    there.add(AdapterExpressions.REPORT);
    assertThat(described).isEqualTo(there);
    assertThat(AdapterVariables.described()).extracting(Described::name)
        .containsAll(AdapterVariables.OF_AN_ADAPTER.stream().map(field -> "adapters.X." + field).toList())
        .containsAll(AdapterVariables.OF_ITSELF.stream().map(field -> "adapter." + field).toList());
  }

  static Stream<Example> examples() {
    return Stream.concat(
        REFERENCE.groups().stream().flatMap(group -> group.functions().stream())
            .flatMap(function -> function.examples().stream()),
        AdapterVariables.described().stream().filter(one -> !one.example().isEmpty())
            .map(one -> new Example(one.example(), one.result())));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleGivesWhatItSays(Example example) throws IOException {
    assertThat(result(example.expression())).isEqualTo(example.result());
  }

  /** In each place exactly the variables that the page gives it are known. */
  @Test
  void everyPlaceKnowsItsVariables() throws IOException {
    var variables = new LinkedHashSet<>(AdapterVariables.names("NodePool"));
    variables.add(AdapterExpressions.REPORT);
    for (Place place : PLACES) {
      for (String variable : variables) {
        for (String kind : variable.equals("nodepool") ? List.of("Cluster", "NodePool") : List.of("Cluster")) {
          boolean known = switch (variable) {
            case "nodepool" -> kind.equals("NodePool");
            case AdapterExpressions.REPORT -> place.report();
            default -> true;
          };
          var expression = "dyn(" + variable + ") == null";
          var problems = load(place.key().equals("manifest")
              ? Map.of("job.yaml", job("${string(" + expression + ")}"))
              : Map.of("job.yaml", job("x")),
              ADAPTER.formatted("job-adapter", kind) + "  manifest: job.yaml\n"
                  + (place.key().equals("manifest") ? "" : "  " + place.before() + expression + place.after() + "\n"));
          assertThat(problems.stream().filter(problem -> problem.contains("undeclared reference")).toList())
              .as("%s in %s for %s", variable, place.key(), kind)
              .hasSize(known ? 0 : 1);
        }
      }
    }
  }

  @Test
  void thePageIsThatOfTheCode() throws IOException {
    GeneratedPage.assertIs(getClass(), PAGE, page());
  }

  private List<String> load(Map<String, String> files, String adapter) throws IOException {
    Path folder = Files.createDirectories(Files.createTempDirectory(directory, "case").resolve("mine"));
    Files.writeString(folder.resolve("adapter.yaml"), adapter);
    for (var file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true, "classpath*:none/*/adapter.yaml",
        folder.getParent().toString()).load().problems().stream().map(String::valueOf).toList();
  }

  private static String job(String text) {
    return """
        apiVersion: batch/v1
        kind: Job
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: run
                  image: busybox:1.36
                  args: ["%s"]
        """.formatted(text);
  }

  private static String result(String expression) throws JsonProcessingException {
    try {
      return JSON.writeValueAsString(ENGINE.compile(expression).evaluate(variables()));
    } catch (CelException e) {
      return "error: " + e.getMessage();
    }
  }

  private static Map<String, Object> variables() {
    var definition = new AdapterDefinition("mine", "Cluster",
        new AdapterTemplate(AdapterDefinition.JOB_ADAPTER, AdapterTemplate.Workload.JOB), "", "mine-adapter-sub", 1,
        "hyperfleet-adapters", Optional.empty(), List.of(), List.of(), List.of(), List.of(), Map.of(),
        AdapterReporting.NONE, WorkloadOptions.DEFAULT, Map.of("days", 30L), Set.of("dns"), Reads.NOTHING,
        Revision.of(Map.of()));
    Map<String, Object> variables = AdapterVariables.of(definition, yaml(CLUSTER),
        Map.of("id", "c-1", "kind", "Cluster", "generation", 3L, "reason", "created"), NOW);
    variables.put("resources", yaml(RESOURCES));
    variables.put(AdapterExpressions.REPORT, Map.of("message", "Job mine-c-1-gen3", "Available",
        Map.of("status", "True", "reason", "JobSucceeded", "message", "Job mine-c-1-gen3")));
    return variables;
  }

  private static Map<String, Object> yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static String page() {
    var page = new StringBuilder("""
        # Functions and variables of CEL

        What an adapter's expressions may use, in `adapter.yaml` and in manifests. The [guide](guide.md) says where expressions are allowed, the
        [reference](reference.md) lists all keys. This page is generated from the code that registers functions and variables; a test evaluates
        each example.

        An expression has at most 4,096 characters. An evaluation may use 100 ms of processor time, 10,000 iterations, texts of 65,536 characters, lists
        of 10,000 elements and 8 MB of results. A failure is reported as ExpressionError, with file, line, key and the reason; an expression that reads a key
        that is not yet in `adapters` or `resources` waits for it instead.

        Examples are evaluated on 2026-01-02 at 03:04:05 UTC, for an adapter `mine` with `parameters: {days: 30}`, with this `cluster`

        ```yaml
        %s```

        and these `resources`:

        ```yaml
        %s```

        ## Variables

        """.formatted(CLUSTER, RESOURCES));
    page.append("| in | expressions see |\n|---|---|\n");
    PLACES.forEach(place -> page.append("| `").append(place.key()).append("` | ").append(place.sees()).append(" |\n"));
    page.append(
        "\n| variable | type | what | where there is nothing | example | result |\n|---|---|---|---|---|---|\n");
    AdapterVariables.described().forEach(one -> page.append("| `").append(one.name()).append("` | ").append(one.type())
        .append(" | ").append(GeneratedPage.cell(one.what())).append(" | ").append(GeneratedPage.cell(one.missing()))
        .append(" | ").append(code(one.example())).append(" | ").append(code(one.result())).append(" |\n"));
    for (var group : REFERENCE.groups()) {
      page.append("\n## ").append(group.title()).append("\n\n").append(group.what()).append("\n");
      for (var function : group.functions()) {
        page.append("\n### `").append(function.name()).append("`\n\n");
        var signatures = new ArrayList<String>();
        function.signatures().forEach(signature -> signatures.add("`" + signature + "`"));
        page.append(String.join("<br>\n", signatures)).append("\n\n").append(function.what()).append(' ')
            .append(function.wrong()).append("\n\n```cel\n");
        int width = function.examples().stream().mapToInt(example -> example.expression().length()).max().orElse(0);
        function.examples().forEach(example -> page.append(example.expression())
            .append(" ".repeat(width - example.expression().length())).append("    // ").append(example.result())
            .append('\n'));
        page.append("```\n");
      }
    }
    page.append("""

        ## Change this page

        Change what is said where a function is registered (`io.hyperfleet.cel`, `io.hyperfleet.cel.function`) or in `AdapterVariables`, then:

        ```bash
        %s
        ```
        """.formatted(GeneratedPage.command(FunctionReferenceTest.class)));
    return page.toString();
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
  }
}
