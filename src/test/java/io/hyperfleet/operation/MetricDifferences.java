package io.hyperfleet.operation;

import io.hyperfleet.metric.MetricsPage.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** The metrics specified for HyperFleet's components, and why some of ours differ. */
final class MetricDifferences {

  /** What is specified and not there. */
  static final Map<String, String> NOT_MET = Map.of(
      "hyperfleet_outbox_unpublished", "a proposal; specified as hyperfleet_outbox_pending",
      "hyperfleet_outbox_oldest_age_seconds",
      "a proposal; specified as hyperfleet_outbox_oldest_pending_seconds",
      "hyperfleet_events_coalesced_total",
      "a proposal; hyperfleet_sentinel_resources_skipped_total{reason=\"coalesced\"} tells it");

  /** What is there and not specified. */
  private static final Map<String, String> OURS = Map.of(
      "hyperfleet_outbox_dead_rows", "an alert needs what is dead now, not what ever was",
      "hyperfleet_api_resource_adapter_unhealthy", "the alert of an adapter that reports Health=False",
      "hyperfleet_api_adapter_unanswered_seconds", "an adapter that is away counts nothing itself",
      "hyperfleet_api_rollout_halted", "somebody has to look why a revision goes no further",
      "hyperfleet_api_rollout_wave", "how far it is",
      "hyperfleet_adapter_definitions_broken", "folders that are changed while an adapter runs",
      "hyperfleet_poll_failures_total", "routes that poll");

  /** Labels that differ from those specified. */
  private static final Map<String, Map<String, String>> LABELS = Map.of("hyperfleet_api_build_info",
      Map.of("go_version", "java_version"));

  private static final List<String> COMMON = List.of("component", "version");

  private MetricDifferences() {}

  /** Micrometer adds the greatest value of late to each histogram; GitOps has names of its own. */
  static boolean explains(String name) {
    return OURS.containsKey(name) || name.endsWith("_seconds_max") || name.startsWith("hyperfleet_gitops_");
  }

  /** What is specified and has to be there. */
  @SuppressWarnings("unchecked")
  static Map<String, Family> wanted() throws IOException {
    Map<String, Map<String, Object>> specified = new Yaml()
        .load(Files.readString(Path.of("src/test/resources/metrics/specified.yaml")));
    var wanted = new TreeMap<String, Family>();
    specified.forEach((name, family) -> {
      var labels = new TreeSet<>(COMMON);
      ((List<String>) family.get("labels"))
          .forEach(label -> labels.add(LABELS.getOrDefault(name, Map.of()).getOrDefault(label, label)));
      var buckets = new TreeSet<Double>();
      ((List<Number>) family.getOrDefault("buckets", List.of())).forEach(bound -> buckets.add(bound.doubleValue()));
      wanted.put(name, new Family((String) family.get("type"), labels, buckets));
    });
    wanted.keySet().removeAll(NOT_MET.keySet());
    return wanted;
  }
}
