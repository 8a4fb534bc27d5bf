package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.local.kubernetes.RecordedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The Roles that the chart makes for all adapters of the tests allow what the whole suite has asked Kubernetes for, and
 * little else. It runs last and reads what that has recorded (S11 of SECURITY.md).
 */
@Order(Integer.MAX_VALUE)
class RolesIT {

  private static final int MOST_CLASSES = 80;
  private static final int MOST_ITS = 60;
  private static final List<Path> ADAPTERS = List.of(Path.of("src/main/resources/adapters"),
      Path.of("examples/adapters"),
      Path.of("src/test/resources/adapters-under-test"), Path.of("src/test/resources/hostile/adapters"));

  /** Granted though the suite did not use it, each for its reason. */
  private static final Map<String, String> UNUSED = Map.of(
      "create /configmaps", "Kubernetes asks for it beside patch where server-side apply makes an object",
      "create /services", "the same",
      "create apps/deployments", "the same",
      "create dns.hyperfleet.io/dnsrecords", "the same",
      "create externaldns.k8s.io/dnsendpoints", "the same",
      "delete apps/deployments", "as every kind that an adapter makes; no test deletes a Deployment",
      "watch apps/deployments", "as every kind that an adapter makes; no test waits for a Deployment's hint");

  @TempDir
  static Path folder;

  private static Set<String> granted;
  private static Set<String> used;

  @BeforeAll
  static void compare() throws IOException {
    Chart.assumeHelm();
    Assumptions.assumeTrue(reports("surefire") > MOST_CLASSES && reports("failsafe") > MOST_ITS,
        "only a run of the whole suite says what is used");
    used = Files.readAllLines(RecordedCalls.FILE).stream().filter(line -> line.endsWith(" hyperfleet-adapters"))
        .map(line -> line.substring(0, line.lastIndexOf(' '))).collect(Collectors.toCollection(TreeSet::new));
    granted = grants(Chart.render("minimal", valuesFile()));
  }

  private static long reports(String plugin) throws IOException {
    var folder = Path.of("target", plugin + "-reports");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".xml")).count();
    }
  }

  /** Values with every adapter as a folder of its own, and with all that asks Kubernetes for something. */
  private static Path valuesFile() throws IOException {
    var adapters = new LinkedHashMap<String, Object>();
    for (Path location : ADAPTERS) {
      try (var folders = Files.list(location)) {
        for (Path adapter : folders.sorted().toList()) {
          var definition = new Yaml().<Map<String, Object>>load(Files.readString(adapter.resolve("adapter.yaml")));
          var manifests = new LinkedHashMap<String, Object>();
          try (var files = Files.list(adapter)) {
            for (Path file : files.filter(each -> !each.endsWith("adapter.yaml")).sorted().toList()) {
              manifests.put(file.getFileName().toString(), Files.readString(file));
            }
          }
          adapters.put(adapter.getFileName().toString(), Map.of("definition", definition, "manifests", manifests));
        }
      }
    }
    var file = folder.resolve("adapters.yaml");
    new ObjectMapper().writeValue(file.toFile(),
        Map.of("adapters", adapters, "sentinel", Map.of("leaderElection", true)));
    return file;
  }

  private static Set<String> grants(List<JsonNode> objects) {
    return objects.stream().filter(object -> Chart.kind(object).equals("Role"))
        .flatMap(role -> stream(role.path("rules")))
        .flatMap(rule -> stream(rule.path("apiGroups")).flatMap(group -> stream(rule.path("resources"))
            .flatMap(resource -> stream(rule.path("verbs"))
                .map(verb -> verb.asText() + " " + group.asText() + "/" + resource.asText()))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get);
  }

  @Test
  void everyCallIsAllowed() {
    assertThat(used).isNotEmpty().allSatisfy(call -> assertThat(granted).contains(call));
  }

  @Test
  void whatIsAllowedIsUsed() {
    var unused = new TreeSet<>(granted);
    unused.removeAll(used);
    assertThat(unused).isSubsetOf(UNUSED.keySet());
  }
}
