package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mistakes that authors of adapters make, and the line that tells each of them. Cases are data, in
 * {@code src/test/resources/mistakes}; its README says how one is written.
 */
class MistakesTest {

  private static final Path CASES = Path.of("src/test/resources/mistakes");
  private static final int LEAST = 120;
  private static final CelEngine ENGINE = new CelEngine();
  private static final ManifestRules RULES = PolicyFixture.rules(Map.of("namespaces", "hyperfleet-adapters"));
  /** {@code file:line: key: message}; a file that is missing or no YAML has no key. */
  private static final Pattern LINE = Pattern.compile("(warning: |waits: )?mine/[a-z.]+(:\\d+)?: .+");

  private static final Map<String, String> BASE = Map.of(
      "job", """
          template: job-adapter
          for: Cluster
          manifest: job.yaml
          """,
      "resource", """
          template: resource-adapter
          for: Cluster
          manifest: record.yaml
          postconditions: {ok: 'true'}
          """);
  private static final Map<String, String> FILES = Map.of(
      "job.yaml", """
          apiVersion: batch/v1
          kind: Job
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: run
                    image: busybox:1.36
          """,
      "record.yaml", """
          apiVersion: dns.hyperfleet.io/v1
          kind: DnsRecord
          metadata:
            name: r-${cluster.id}
          """);

  @TempDir
  Path directory;

  @TestFactory
  Stream<DynamicTest> eachIsToldInOneLine() throws IOException {
    return MistakeCases.of(CASES).stream().map(one -> DynamicTest.dynamicTest(one.file() + ": " + one.name(), () -> {
      var expected = one.list("says");
      assertThat(expected).isNotEmpty().allMatch(line -> LINE.matcher(line).matches());
      var said = said(one);
      assertThat(said).as("as it would be expected: %s", said).hasSameSizeAs(expected);
      for (int i = 0; i < said.size(); i++) {
        assertThat(said.get(i)).matches(MistakeCases.pattern(expected.get(i)));
      }
    }));
  }

  @Test
  void areMany() throws IOException {
    assertThat(MistakeCases.of(CASES).stream().map(one -> one.file() + ": " + one.name())).doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(LEAST);
  }

  /** What is said of a case when it is loaded, and, where it gives values, when it is evaluated. */
  private List<String> said(MistakeCases.Case one) throws IOException {
    Path folder = Files.createTempDirectory(directory, "case").resolve("mine");
    Files.createDirectory(folder);
    Map<Object, Object> files = new HashMap<>(FILES);
    files.put("adapter.yaml", "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata:\n  name: mine\nspec:\n"
        + (one.text("spec", BASE.get(one.text("base", "job"))) + one.text("add", "")).indent(2));
    files.putAll(one.map("files"));
    for (var file : files.entrySet()) {
      if (file.getValue() != null) {
        Files.writeString(folder.resolve((String) file.getKey()), (String) file.getValue());
      }
    }
    var catalog = new AdapterLoader(ENGINE, RULES, name -> true, AdapterLoader.BUILT_IN, folder.getParent().toString())
        .load();
    List<String> said = new ArrayList<>();
    catalog.problems().stream().filter(problem -> problem.adapter().equals("mine"))
        .forEach(problem -> said.add((problem.severity() == AdapterProblem.Severity.WARNING ? "warning: " : "")
            + problem));
    if (catalog.errors().isEmpty() && !one.map("given").isEmpty()) {
      evaluate(catalog.definitions().get("mine"), one.map("given"), said);
    }
    return said.stream().map(line -> line.replace(folder.getParent() + "/", "")).toList();
  }

  @SuppressWarnings("unchecked")
  private static void evaluate(AdapterDefinition definition, Map<?, ?> given, List<String> said) {
    var cluster = new HashMap<String, Object>(Map.of("id", "c-1", "name", "demo", "generation", 1L));
    cluster.putAll((Map<String, Object>) Objects.requireNonNullElse(given.get("cluster"), Map.of()));
    var variables = AdapterVariables.of(definition, cluster, Map.of("id", "c-1"),
        Instant.parse("2026-01-02T03:04:05Z"));
    try {
      definition.applies(variables);
    } catch (CelEvaluationException e) {
      said.add(ExpressionErrors.describe("appliesWhen", e));
    }
    addAll(definition.unmetPreconditions(variables), said);
    try {
      definition.renderManifests(variables);
    } catch (ManifestException e) {
      said.add(e.getMessage());
    }
    variables.put("resources", Objects.requireNonNullElse(given.get("resources"), Map.of()));
    addAll(definition.unmetPostconditions(variables), said);
    said.addAll(definition.data(variables).failed());
    definition.reporting().complete(List.of(), "", variables, said);
  }

  private static void addAll(UnmetConditions unmet, List<String> said) {
    said.addAll(unmet.failed());
    unmet.awaited().forEach((name, missing) -> said.add("waits: mine/adapter.yaml: " + name + ": " + missing));
  }
}
