package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.docs.GeneratedPage;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts, dashboard and documentation speak of metrics that there are, and the alerts' runbooks are written. */
class MonitoringTest {

  private static final Pattern METRIC = Pattern.compile("\\bhyperfleet_[a-z_]+");
  private static final Pattern GITOPS = Pattern
      .compile("(?:PREFIX \\+ |timer\\()\"([a-z.]+)\"|\"hyperfleet\\.gitops\\.([a-z.]+)\"");
  /** As their page lists them; LocalStartIT holds it against what is measured. */
  private static final Pattern GITOPS_LABELS = Pattern.compile("hyperfleet_gitops_\\w+\\{([a-z_,]+)}");
  private static final Pattern LABELS = Pattern.compile("\\bby \\(([a-z_, ]+)\\)");
  private static final Set<String> SCRAPED_LABELS = Set.of("pod", "le", "component", "version");
  private static final Path PAGE = Path.of("docs/operations.md");

  private final JsonNode alerts = Chart.file("files/alerts.yaml");

  @Test
  void everyMetricIsMeasured() throws IOException {
    var names = names();
    assertThat(METRIC.matcher(rules()).results().map(MatchResult::group).collect(Collectors.toSet()))
        .isNotEmpty().allSatisfy(name -> assertThat(names).contains(name));
  }

  @Test
  void everyLabelExists() throws IOException {
    var labels = Stream
        .concat(Arrays.stream(Metric.values()).flatMap(metric -> metric.tags().stream()), SCRAPED_LABELS.stream())
        .collect(Collectors.toSet());
    GITOPS_LABELS.matcher(Files.readString(Path.of("docs/gitops.md"))).results()
        .forEach(found -> labels.addAll(List.of(found.group(1).split(","))));
    assertThat(LABELS.matcher(rules()).results().flatMap(found -> Stream.of(found.group(1).split(", ")))
        .collect(Collectors.toSet()))
        .isNotEmpty().isSubsetOf(labels);
  }

  private static String rules() throws IOException {
    return Files.readString(Chart.FOLDER.resolve("files/alerts.yaml"))
        + Files.readString(Chart.FOLDER.resolve("files/dashboard.json"));
  }

  /** As Prometheus stores them; some appear in /metrics only once there is something to count. */
  private static Set<String> names() throws IOException {
    var names = new TreeSet<String>();
    for (Metric metric : Metric.values()) {
      names.add(metric.prometheusName());
      if (metric.type() == MetricType.HISTOGRAM) {
        Stream.of("_bucket", "_count", "_sum").forEach(suffix -> names.add(metric.prometheusName() + suffix));
      }
    }
    names.addAll(gitops());
    return names;
  }

  /** GitOps declares its own. */
  private static Set<String> gitops() throws IOException {
    var names = new TreeSet<String>();
    try (var sources = Files.walk(Path.of("src/main/java/io/hyperfleet/gitops"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        GITOPS.matcher(Files.readString(source)).results().forEach(found -> {
          var name = "hyperfleet_gitops_"
              + (found.group(1) == null ? found.group(2) : found.group(1)).replace('.', '_');
          Stream.of("", "_total", "_seconds", "_seconds_bucket", "_seconds_count", "_seconds_sum")
              .forEach(suffix -> names.add(name + suffix));
        });
      }
    }
    return names;
  }

  @Test
  void everyAlertHasARunbook() throws IOException {
    var page = Files.readString(PAGE);
    var headings = page.substring(page.indexOf("\n## Alerts\n")).lines().filter(line -> line.startsWith("### "))
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

  @Test
  void theDocumentationListsEveryMetric() {
    GeneratedPage.assertPartIs(getClass(), PAGE, "<!-- metrics -->\n", "<!-- /metrics -->\n", table());
  }

  private static String table() {
    return Arrays.stream(Metric.values())
        .map(metric -> "| `" + metric.prometheusName() + "` | " + metric.type().name().toLowerCase()
            + " | " + metric.tags().stream().filter(tag -> !SCRAPED_LABELS.contains(tag)).map(tag -> "`" + tag + "`")
                .collect(Collectors.joining(", "))
            + " | " + metric.description() + " |\n")
        .collect(Collectors.joining("", "| metric | type | labels | what |\n|---|---|---|---|\n", ""));
  }
}
