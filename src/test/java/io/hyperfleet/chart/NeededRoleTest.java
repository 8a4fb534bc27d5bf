package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.dryrun.HyperFleetCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The Role that {@code adapter lint --role} prints is the one that the chart makes. */
class NeededRoleTest {

  private static final Path ADAPTERS = Path.of("examples/adapters");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path folder;

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  @Test
  void isThatOfTheChart() throws IOException {
    var out = new StringWriter();
    HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(out, true), "adapter", "lint",
        ADAPTERS.toString(), "--role", "--output", "json");
    var printed = JSON.readTree(out.toString()).path("roles");
    Map<String, JsonNode> made = new LinkedHashMap<>();
    Chart.render("minimal", valuesFile()).stream().filter(object -> Chart.kind(object).equals("Role"))
        .forEach(role -> made.put(role.at("/metadata/name").asText(), role));

    assertThat(printed).hasSizeGreaterThanOrEqualTo(3).allSatisfy(role -> {
      var name = role.at("/metadata/name").asText();
      var ofTheChart = made.get(Chart.RELEASE + "-hyperfleet-" + name);
      assertThat(ofTheChart).as("%s in %s", name, made.keySet()).isNotNull();
      assertThat(role.path("rules")).isEqualTo(ofTheChart.path("rules"));
      assertThat(role.at("/metadata/namespace")).isEqualTo(ofTheChart.at("/metadata/namespace"));
    });
  }

  private Path valuesFile() throws IOException {
    var adapters = new LinkedHashMap<String, Object>();
    try (var folders = Files.list(ADAPTERS)) {
      for (Path adapter : folders.sorted().toList()) {
        var manifests = new LinkedHashMap<String, Object>();
        try (var files = Files.list(adapter)) {
          for (Path file : files.filter(each -> !each.endsWith("adapter.yaml")).sorted().toList()) {
            manifests.put(file.getFileName().toString(), Files.readString(file));
          }
        }
        adapters.put(adapter.getFileName().toString(), Map.of("definition",
            new Yaml().<Object>load(Files.readString(adapter.resolve("adapter.yaml"))), "manifests", manifests));
      }
    }
    var file = folder.resolve("adapters.yaml");
    JSON.writeValue(file.toFile(), Map.of("adapters", adapters));
    return file;
  }
}
