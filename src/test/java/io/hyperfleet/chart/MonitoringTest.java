package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard speak of metrics that there are, and the alerts' runbooks are written. */
class MonitoringTest {

  private static final Pattern METRIC = Pattern.compile("\\bhyperfleet_[a-z_]+");
  private static final Pattern METER = Pattern.compile("\"(hyperfleet\\.[a-z.]+)\"");

  private final JsonNode alerts = Chart.file("files/alerts.yaml");

  @Test
  void everyMetricIsMeasured() throws IOException {
    var text = Files.readString(Chart.FOLDER.resolve("files/alerts.yaml")) + Files.readString(Chart.FOLDER.resolve("files/dashboard.json"));
    var meters = meters();
    assertThat(METRIC.matcher(text).results().map(found -> found.group()
        .replaceFirst("_(seconds_bucket|seconds_count|total)$", "").replace('_', '.')).collect(Collectors.toSet()))
        .isNotEmpty().allSatisfy(name -> assertThat(meters).contains(name));
  }

  /** The names that the code gives its meters; some appear in /metrics only once there is something to count. */
  private static Set<String> meters() throws IOException {
    var names = new TreeSet<String>();
    try (var sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        METER.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
      }
    }
    return names;
  }

  @Test
  void everyAlertHasARunbook() throws IOException {
    var headings = Files.readString(Path.of("docs/operations.md")).lines().filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4)).toList();
    assertThat(alerts.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(headings);
  }

  @Test
  void everyAlertSaysWhatIsWrong() {
    assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
      assertThat(alert.path("severity").asText()).isIn("critical", "warning");
      assertThat(alert.path("summary").asText()).isNotBlank();
      assertThat(alert.path("for").asText()).matches("\\d+m");
    });
  }
}
