package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.dryrun.input.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Every folder {@code adapters/<name>/<case>} of the test resources is a case: what the adapter of that name, built in
 * or an example, does with the scenario of the files {@code in-*}. A new case needs no Java.
 */
class GoldenAdaptersTest {

  private static final Path CASES = Path.of("src/test/resources/adapters");
  private static final List<Path> ADAPTERS = List.of(Path.of("src/main/resources/adapters"),
      Path.of("examples/adapters"),
      Path.of("src/test/resources/adapters-under-test"));
  private static final Map<String, DryRun> LOADED = new HashMap<>();

  @AfterAll
  static void close() {
    LOADED.values().forEach(DryRun::close);
  }

  @TestFactory
  Stream<DynamicTest> doesWhatItsGoldenFilesSay() {
    return adapters().flatMap(adapter -> GoldenCase.below(CASES.resolve(adapter)).stream()
        .map(one -> DynamicTest.dynamicTest(adapter + ": " + one.name(),
            () -> assertThat(one.differences(dryRun(adapter))).isEmpty())));
  }

  @Test
  void everyBuiltInAdapterAndEveryExampleHasCases() throws IOException {
    for (Path folder : ADAPTERS.subList(0, 2)) {
      try (var names = Files.list(folder)) {
        assertThat(names.map(path -> path.getFileName().toString())).isSubsetOf(adapters().toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"validation", "dns", "placement", "hyperfleet", "machines"})
  void builtInAdaptersHaveACaseForEachOfTheirExits(String adapter) throws IOException {
    var definition = dryRun(adapter).definition();
    var wanted = new TreeSet<String>();
    var files = definition.template().runsJob()
        ? "job-adapter|adapter-job.*|adapter-finalize"
        : "resource-adapter|adapter-apply.*|adapter-finalize";
    wanted.addAll(exits(files));
    // What the policy refuses is the operator's matter; built-in adapters keep to the one that is there by default.
    // Their expressions cannot fail.
    wanted.removeIf(exit -> exit.contains("PolicyViolation") || exit.contains("ExpressionError")
        || exit.contains("NotApplicable") && definition.appliesWhen().isEmpty()
        || exit.contains("PreconditionsNotMet") && definition.preconditions().isEmpty()
        || exit.contains("PostconditionsNotMet") && definition.postconditions().isEmpty()
        || (exit.contains("WorkloadFailed") || exit.contains("JobGone") && exit.contains("ResourcesApplied"))
            && definition.manifests().stream().noneMatch(manifest -> manifest.type().kind().equals("Job")));
    wanted.add("Applied=False AdapterError, Available=False AdapterError, Health=False AdapterError");
    wanted.add(
        "Applied=False KubernetesAPIFailure, Available=False KubernetesAPIFailure, Health=False KubernetesAPIFailure");

    assertThat(reported(adapter)).containsAll(wanted);
  }

  @Test
  void everyExitOfTheRoutesIsTakenByACase() throws IOException {
    var reported = adapters().flatMap(adapter -> reported(adapter).stream()).collect(Collectors.toSet());
    assertThat(reported).containsAll(exits(".*"));
  }

  private static Stream<String> adapters() {
    try (var folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static DryRun dryRun(String adapter) {
    return LOADED.computeIfAbsent(adapter, name -> {
      var folder = ADAPTERS.stream().map(path -> path.resolve(name)).filter(Files::isDirectory).findFirst()
          .orElseThrow();
      var loaded = DryRun.load(folder);
      assertThat(loaded.problems()).isEmpty();
      return loaded.dryRun().orElseThrow();
    });
  }

  /** The conditions that routes set; an adapter's own stand behind them. */
  private static final Set<String> PLATFORM = Set.of("Applied", "Available", "Health", "Finalized");

  /** The conditions that route files set, as they stand there. */
  private static Set<String> exits(String names) throws IOException {
    var exits = new TreeSet<String>();
    try (var files = Files.list(Path.of("src/main/resources/routes/adapters"))) {
      for (Path file : files.filter(path -> path.getFileName().toString().matches("(" + names + ")\\.camel\\.yaml"))
          .toList()) {
        constants(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)))
            .filter(text -> text.startsWith("Applied=")).forEach(exits::add);
      }
    }
    assertThat(exits).isNotEmpty();
    return exits;
  }

  private static Stream<String> constants(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().flatMap(GoldenAdaptersTest::constants);
    }
    return node instanceof Map<?, ?> map
        ? map.entrySet().stream().flatMap(entry -> "constant".equals(entry.getKey())
            ? Stream.of(String.valueOf(((Map<?, ?>) entry.getValue()).get("expression")))
            : constants(entry.getValue()))
        : Stream.empty();
  }

  /** What an adapter's cases expect to be reported, as routes write conditions. */
  private static Set<String> reported(String adapter) {
    return GoldenCase.below(CASES.resolve(adapter)).stream()
        .map(one -> (Map<?, ?>) InputFiles.value(CASES.resolve(adapter).resolve(one.name()).resolve("out-report.yaml")))
        .map(report -> ((List<?>) report.get("conditions")).stream().map(item -> (Map<?, ?>) item)
            .filter(condition -> PLATFORM.contains(condition.get("type")))
            .map(condition -> condition.get("type") + "=" + condition.get("status") + " " + condition.get("reason"))
            .collect(Collectors.joining(", ")))
        .collect(Collectors.toSet());
  }
}
