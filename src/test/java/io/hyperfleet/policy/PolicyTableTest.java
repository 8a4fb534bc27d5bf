package io.hyperfleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The tables of {@code src/test/resources/policy}: every control of Kubernetes' Pod Security Standards, and the other
 * rules, with manifests that are refused and allowed. Each fragment of a pod is tried in every kind that holds pods and
 * in every list of containers.
 */
@Tag("long")
class PolicyTableTest {

  private static final Path TABLES = Path.of("src/test/resources/policy");
  private static final String NAMESPACE = "hyperfleet-adapters";
  private static final String KINDS = PodManifests.KINDS.keySet().stream().sorted().collect(Collectors.joining(","));

  /** One line of a table, in one kind and place. */
  record Case(String control, boolean restricted, boolean refused, boolean refusedAtBaseline,
      Map<String, String> setting,
      Map<String, Object> manifest, String what) {
    @Override
    public String toString() {
      return control + (refused ? " refuses " : " allows ") + what;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T read(String table) {
    try {
      return (T) new Yaml().load(Files.readString(TABLES.resolve(table)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Case> pods() {
    return Stream.of("baseline.yaml", "restricted.yaml", "others.yaml")
        .flatMap(table -> PolicyTableTest.<List<Map<String, Object>>>read(table).stream()
            .flatMap(control -> Stream.of("refused", "allowed").flatMap(word -> cases(table, control, word))));
  }

  @SuppressWarnings("unchecked")
  private static Stream<Case> cases(String table, Map<String, Object> control, String word) {
    var setting = new HashMap<String, String>();
    if (control.containsKey("permission")) {
      setting.put("permissions", (String) control.get("permission"));
    }
    if (control.containsKey("setting")) {
      setting.putAll((Map<String, String>) control.get("setting"));
    }
    boolean restricted = table.equals("restricted.yaml");
    return ((List<Map<String, Object>>) control.get(word)).stream()
        .flatMap(fragment -> PodManifests.KINDS.keySet().stream().sorted()
            .filter(kind -> !fragment.containsKey("known") || !kind.equals("Runner.example.com"))
            .flatMap(kind -> PodManifests.LISTS.stream()
                .filter(list -> fragment.containsKey("container") || list.equals("containers"))
                .map(list -> new Case(table + ": " + control.get("control"), restricted, word.equals("refused"),
                    !restricted || "refused".equals(fragment.get("baseline")), setting,
                    PodManifests.manifest(kind, list, fragment), fragment + " in " + list + " of " + kind))));
  }

  private static List<Violation> violations(Map<String, String> setting, String level, Map<?, ?> manifest) {
    var keys = new HashMap<>(setting);
    keys.put("pod-security", level);
    keys.putIfAbsent("kinds", KINDS);
    return PolicyFixture.policy(keys).violations("mine", NAMESPACE, manifest);
  }

  @ParameterizedTest
  @MethodSource("pods")
  void podsAreHeldToEveryControl(Case one) {
    if (one.refused()) {
      assertThat(violations(Map.of(), "restricted", one.manifest())).isNotEmpty().allSatisfy(violation -> {
        assertThat(violation.path()).isNotEmpty();
        assertThat(violation.key()).isNotEmpty();
      });
      assertThat(violations(Map.of(), "baseline", one.manifest()).isEmpty()).isEqualTo(!one.refusedAtBaseline());
      assertThat(violations(one.setting(), "baseline", one.manifest())).isEmpty();
    } else {
      assertThat(violations(Map.of(), "baseline", one.manifest())).isEmpty();
    }
    if (one.restricted()) {
      assertThat(violations(one.refused() ? one.setting() : Map.of(), "restricted", one.manifest())).isEmpty();
    }
  }

  static List<Map<String, Object>> objects() {
    return read("objects.yaml");
  }

  @ParameterizedTest
  @MethodSource("objects")
  @SuppressWarnings("unchecked")
  void objectsAreHeldToTheRulesOfTheirKinds(Map<String, Object> one) {
    if (one.containsKey("allowed")) {
      assertThat(policy(one.containsKey("kinds") ? Map.of("kinds", (String) one.get("kinds")) : Map.of(),
          (Map<String, Object>) one.get("allowed"))).isEmpty();
      return;
    }
    var manifest = (Map<String, Object>) one.get("refused");
    assertThat(policy(Map.of(), manifest)).extracting(Violation::path).contains((String) one.get("path"));
    if (one.containsKey("setting")) {
      assertThat(policy((Map<String, String>) one.get("setting"), manifest)).isEmpty();
    } else {
      var everything = new LinkedHashMap<String, String>();
      everything.put("kinds", manifest.get("kind") + "," + manifest.get("kind") + ".batch,ConfigMap");
      everything.put("permissions",
          Stream.of(Permission.values()).map(Permission::word).collect(Collectors.joining(",")));
      assertThat(policy(everything, manifest)).extracting(Violation::path).contains((String) one.get("path"));
    }
  }

  private static List<Violation> policy(Map<String, String> keys, Map<String, Object> manifest) {
    return PolicyFixture.policy(keys).violations("mine", NAMESPACE, manifest);
  }
}
