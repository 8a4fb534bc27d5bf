package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.InvalidYamlException;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.yaml.KubectlScalars;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an author writes reaches Kubernetes as it was written, or is refused with file, line and key (S19 and S20 of
 * SECURITY.md).
 */
@Tag("long")
class ManifestFormTest {

  private static final AdapterTemplate JOB_ADAPTER = new AdapterTemplate(AdapterDefinition.JOB_ADAPTER, Workload.JOB);

  private static final CelEngine ENGINE = new CelEngine();
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            containers:
              - name: c
                env:
                  - name: A
                    value: %s
      """;
  private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  start: %s\n";
  private static final String THING = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n  a: %s\n";

  private record Loaded(Map<Object, Object> outline, ManifestTemplate manifest, List<String> problems) {}

  private static Loaded load(String yaml, AdapterTemplate template) {
    var problems = new AdapterProblems("mine");
    try {
      var document = YamlDocument.parse("a.yaml", yaml.getBytes(StandardCharsets.UTF_8)).asJson();
      var manifest = ManifestTemplate.compile("a", document, ENGINE, Set.of("x"), problems);
      ManifestForm.check(document, manifest, template, "hyperfleet-adapters", problems);
      return new Loaded(manifest.outline(), manifest, problems.list().stream().map(AdapterProblem::toString).toList());
    } catch (InvalidYamlException e) {
      return new Loaded(Map.of(), null, List.of(new AdapterProblem("mine", "a.yaml", e.line(), e.key(), e.getMessage(),
          AdapterProblem.Severity.ERROR).toString()));
    }
  }

  private static Loaded load(String yaml) {
    return load(yaml, new AdapterTemplate(AdapterDefinition.RESOURCE_ADAPTER, Workload.RESOURCES));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      012345671234 | 012345671234 is a number in YAML; put it in quotes: "012345671234"
      yes          | yes is true or false in YAML; put it in quotes: "yes"
      y            | y is true or false in YAML; put it in quotes: "y"
      1.10         | 1.10 is a number in YAML; put it in quotes: "1.10"
      0644         | 0644 is a number in YAML; put it in quotes: "0644"
      1_000        | 1_000 is a number in YAML; put it in quotes: "1_000"
      1e3          | 1e3 is a number in YAML; put it in quotes: "1e3"
      089          | 089 is a number in YAML; put it in quotes: "089"
      """)
  void quotesWhatTheAuthorWrote(String scalar, String words) {
    assertThat(load(JOB.formatted(scalar)).problems()).containsExactly(
        "a.yaml:10: spec.template.spec.containers[0].env[0].value: must be text, but " + words);
    assertThat(load(CONFIG_MAP.formatted(scalar)).problems())
        .containsExactly("a.yaml:5: data.start: must be text, but " + words);
    assertThat(load(CONFIG_MAP.formatted("'" + scalar + "'")).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12:30", "12:30:45", "52:54:00:12:34:56", "2026-01-01", "=", "1.2.3", "0o8"})
  void leavesTextAsItIs(String scalar) {
    assertThat(load(CONFIG_MAP.formatted(scalar)).problems()).isEmpty();
    assertThat(load(CONFIG_MAP.formatted(scalar)).outline().get("data")).isEqualTo(Map.of("start", scalar));
  }

  @Test
  void modesAreOctal() {
    var manifest = "apiVersion: v1\nkind: Pod\nspec: {volumes: [{name: v, configMap: {defaultMode: %s}}]}\n";
    assertThat(load(manifest.formatted("0644")).problems()).isEmpty();
    assertThat(load(manifest.formatted("0644")).outline().toString()).contains("defaultMode=420");
    assertThat(load(manifest.formatted("'0644'")).problems())
        .containsExactly("a.yaml:3: spec.volumes[0].configMap.defaultMode: must be "
            + "a whole number of 32 bits, but text is set; remove the quotes");
  }

  /** 40,000 scalars at eight places. */
  @Test
  void nothingIsChangedWithoutAWord() {
    var random = new Random(11);
    var jobMetadata = "apiVersion: batch/v1\nkind: Job\nmetadata: {labels: {start: %s}}\n";
    var replicas = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: %s\n";
    var limit = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  overhead: {cpu: %s}\n";
    var port = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{targetPort: %s}]}\n";
    var flag = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: %s\n";
    for (int i = 0; i < 5_000; i++) {
      var scalar = scalar(random);
      Object value = KubectlScalars.value(scalar);
      expect(JOB, scalar, value == null || text(value));
      expect(CONFIG_MAP, scalar, text(value));
      expect(jobMetadata, scalar, text(value));
      expect(replicas, scalar, value == null || isWhole(value, Integer.MAX_VALUE));
      expect(limit, scalar, value instanceof Number || text(value) && scalar.matches(
          "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?"));
      expect(port, scalar, value == null || isWhole(value, Integer.MAX_VALUE) || text(value));
      expect(flag, scalar, value == null || value instanceof Boolean);
      expect(THING, scalar, true);
    }
  }

  /**
   * Where it may stand it is what kubectl reads; where not, or where nobody can keep it, file, line and key are said.
   */
  private static void expect(String manifest, String scalar, boolean allowed) {
    var loaded = load(manifest.formatted(scalar));
    if (allowed && loaded.problems().isEmpty()) {
      var values = new java.util.ArrayList<>();
      leaves(loaded.outline(), values);
      assertThat(values).as(manifest.formatted(scalar)).anyMatch(same(KubectlScalars.value(scalar)));
    } else {
      assertThat(loaded.problems()).as(manifest.formatted(scalar)).isNotEmpty()
          .allMatch(problem -> problem.matches("a\\.yaml:\\d+: [a-z][^ ]*: .*"));
      if (allowed) {
        assertThat(loaded.problems().toString()).containsPattern("too large|too small|not finite");
      }
    }
  }

  private static Predicate<Object> same(Object wanted) {
    return value -> wanted instanceof Number number
        ? value instanceof Number found && new BigDecimal(found.toString()).doubleValue() == number.doubleValue()
            && (!(wanted instanceof Long) || found.longValue() == number.longValue())
        : java.util.Objects.equals(wanted, value);
  }

  private static void leaves(Object value, List<Object> leaves) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> leaves(item, leaves));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> leaves(item, leaves));
    } else {
      leaves.add(value);
    }
  }

  private static boolean text(Object value) {
    return value instanceof String;
  }

  private static boolean isWhole(Object value, long most) {
    return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() <= most && number.doubleValue() >= -most - 1;
  }

  private static String scalar(Random random) {
    var pieces = List.of("0", "1", "7", "8", "12", "30", "00", ".", ":3", "_", "-1", "+", "e", "E", "x", "0x", "0o",
        "0b", "A", "y", "n",
        "yes", "No", "on", "OFF", "true", "False", "null", "~", "=", "2026-01-01", "inf", ".nan", "m", "Mi", "k", "Gi",
        "%", "/",
        "9223372036854775807", "18446744073709551616", "4294967296", "1e400", "e-400");
    while (true) {
      var text = new StringBuilder();
      random.ints(1 + random.nextInt(3), 0, pieces.size()).forEach(index -> text.append(pieces.get(index)));
      if (!text.toString().matches("[%:].*|.*:|-")) {
        return text.toString();
      }
    }
  }

  @Test
  void whatExpressionsYieldIsJudgedWhenItIsThere() {
    var manifest = load(JOB.formatted("${x.value}").replace("- name: c", "- name: ${x.name}"),
        JOB_ADAPTER);
    assertThat(manifest.problems()).isEmpty();

    ManifestForm.check(rendered(manifest, "5", "c"), manifest.manifest(), definition());
    assertThatThrownBy(() -> ManifestForm.check(rendered(manifest, 5L, true), manifest.manifest(), definition()))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessage(
            "a.yaml:7: spec.template.spec.containers[0].name: must be text, but the expression yields true or false; "
                + "use "
                + "string(...); a.yaml:10: spec.template.spec.containers[0].env[0].value: must be text, but the "
                + "expression yields a number; "
                + "use string(...)");
  }

  @Test
  void aKeyThatAnExpressionYieldsIsJudgedLikeOthers() {
    var manifest = load("apiVersion: batch/v1\nkind: Job\nmetadata: {'${x.name}': x}\nspec: {'${x.value}': 1}\n",
        JOB_ADAPTER);
    assertThat(manifest.problems()).isEmpty();

    for (String key : List.of("namespace", "finalizers", "name", "nmae")) {
      assertThatThrownBy(
          () -> ManifestForm.check(rendered(manifest, "backofLimit", key), manifest.manifest(), definition()))
          .hasMessageContaining("metadata." + key + ": ").hasMessageContaining("did you mean backoffLimit?");
    }
  }

  private static AdapterDefinition.RenderedManifest rendered(Loaded loaded, Object value, Object name) {
    var x = new HashMap<String, Object>();
    x.put("value", value);
    x.put("name", name);
    return new AdapterDefinition.RenderedManifest("job", loaded.manifest().render(Map.of("x", x)));
  }

  private static AdapterDefinition definition() {
    return new AdapterDefinition("mine", "Cluster", JOB_ADAPTER, "", "s", 1, "hyperfleet-adapters",
        Optional.empty(), List.of(), List.of(), List.of(), List.of(), Map.of(), AdapterReporting.NONE,
        WorkloadOptions.DEFAULT,
        Map.of(), Set.of(), Reads.NOTHING, Revision.of(Map.of()));
  }
}
