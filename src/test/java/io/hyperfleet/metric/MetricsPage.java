package io.hyperfleet.metric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code /metrics} as Prometheus reads it. */
public final class MetricsPage {

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (hyperfleet_\\S+) (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final String text;

  private MetricsPage(String text) {
    this.text = text;
  }

  /**
   * A metric.
   *
   * @param labels the keys that its samples have
   * @param buckets upper bounds of a histogram's, without infinity
   */
  public record Family(String type, Set<String> labels, Set<Double> buckets) {}

  public static MetricsPage read(int managementPort) {
    try (var answer = URI.create("http://localhost:" + managementPort + "/metrics").toURL().openStream()) {
      return new MetricsPage(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String text() {
    return text;
  }

  /** The project's metrics by name. */
  public Map<String, Family> families() {
    var families = new TreeMap<String, Family>();
    TYPE.matcher(text).results().forEach(found -> families.put(found.group(1), family(found.group(1), found.group(2))));
    return families;
  }

  private Family family(String name, String type) {
    var sample = switch (type) {
      case "histogram" -> name + "_(?:bucket|count|sum)";
      case "summary" -> name + "_(?:count|sum)";
      default -> name;
    };
    var labels = new TreeSet<String>();
    var buckets = new TreeSet<Double>();
    Pattern.compile("(?m)^" + sample + "(?:\\{(.*)})? \\S+$").matcher(text).results().map(MatchResult::group)
        .forEach(line -> LABEL.matcher(line).results().forEach(label -> {
          if (!label.group(1).equals("le")) {
            labels.add(label.group(1));
          } else if (!label.group(2).equals("+Inf")) {
            buckets.add(Double.valueOf(label.group(2)));
          }
        }));
    return new Family(type, labels, buckets);
  }

  /** The values of a label of all samples. */
  public Set<String> values(String label) {
    return text.lines().filter(line -> line.startsWith("hyperfleet_")).flatMap(line -> LABEL.matcher(line).results())
        .filter(found -> found.group(1).equals(label)).map(found -> found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The sum of the samples of that name whose labels contain these texts, such as {@code topic="a"}. */
  public double value(String name, String... labels) {
    return text.lines().filter(line -> line.startsWith(name + "{"))
        .filter(line -> Set.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
  }
}
