package io.hyperfleet.dryrun.lint;

import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import io.hyperfleet.kind.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sample data on which to evaluate an adapter's expressions.
 *
 * @param name description for messages: {@code a cluster with an empty spec}
 * @param resource resource of the event, with its reports
 * @param cluster the cluster that owns it; the resource itself for clusters
 * @param objects objects in Kubernetes
 * @param invented whether its reports are generated, and thus without data
 */
record Sample(String name, Map<String, Object> resource, Map<String, Object> cluster, List<Map<String, Object>> objects,
    boolean invented) {

  static final String TIME = "2026-01-02T03:04:05Z";
  private static final String ID = "0198f000-0000-7000-8000-000000000001";
  private static final String OWNER = "0198f000-0000-7000-8000-000000000002";
  private static final String REPORTS = "adapter_statuses";

  /**
   * The least that the API gives of a kind: an empty spec and nothing reported, and the same once all others have
   * reported that they are available.
   *
   * @param others names of adapters
   */
  static List<Sample> least(Kind kind, Collection<String> others) {
    var word = kind.name().toLowerCase(Locale.ROOT);
    var resource = resource(kind.name(), ID);
    var cluster = kind.owned() ? resource(kind.parent(), OWNER) : resource;
    if (kind.owned()) {
      resource.put("owner_references", Map.of("id", OWNER, "kind", kind.parent(), "href", "/" + OWNER));
    }
    return pair("a " + word + " with an empty spec", resource, kind.owned() ? cluster : null, others);
  }

  /** A cluster of a file; missing parts of reports are filled in as for the minimal sample. */
  static List<Sample> ofFile(Kind kind, String file, Collection<String> others) {
    var scenario = new ScenarioBuilder().cluster(file).build();
    var given = new LinkedHashMap<>(scenario.resource());
    boolean reported = given.get(REPORTS) instanceof List<?> list && !list.isEmpty();
    given.putIfAbsent("spec", Map.of());
    if (kind.owned()) {
      var resource = resource(kind.name(), ID);
      resource.put("owner_references", Map.of("id", given.get("id"), "kind", kind.parent(), "href", "/" + OWNER));
      return pair(file, resource, given, others);
    }
    return reported ? List.of(new Sample(file, given, given, List.of(), false)) : pair(file, given, null, others);
  }

  /**
   * The inputs of a golden case; none for a case of another kind, or one that says which problems it has.
   *
   * @throws InputException when its files are invalid
   */
  static Optional<Sample> ofCase(Kind kind, Path folder) {
    Scenario scenario = new ScenarioBuilder().files(folder).build();
    if (!kind.name().equals(scenario.resource().get("kind")) || hasProblems(folder)) {
      return Optional.empty();
    }
    var resource = new LinkedHashMap<>(scenario.resource());
    resource.putIfAbsent("spec", Map.of());
    return Optional.of(new Sample("cases/" + folder.getFileName(), resource,
        scenario.others().stream().findFirst().orElse(resource), scenario.objects(), false));
  }

  private static boolean hasProblems(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("out-problems."));
    } catch (IOException e) {
      throw new InputException(folder + ": not a readable folder of a case", e);
    }
  }

  private static Map<String, Object> resource(String kind, String id) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("id", id);
    resource.put("kind", kind);
    resource.put("href", "/" + id);
    resource.put("name", "sample");
    resource.put("generation", 1L);
    resource.put("spec", Map.of());
    resource.put("tenancy", Map.of());
    for (String moment : List.of("created", "updated")) {
      resource.put(moment + "_time", TIME);
      resource.put(moment + "_by", "sample");
    }
    resource.put("status", Map.of("phase", "NotReady", "conditions", List.of()));
    resource.put(REPORTS, List.of());
    return resource;
  }

  /** @param cluster the owner; null where the resource is the cluster */
  private static List<Sample> pair(String name, Map<String, Object> resource, Map<String, Object> cluster,
      Collection<String> others) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(name, resource, cluster == null ? resource : cluster, List.of(), true));
    var reported = new LinkedHashMap<>(resource);
    reported.put(REPORTS, others.stream().sorted().map(Sample::report).toList());
    samples
        .add(new Sample(name + " on which other adapters have reported", reported, cluster == null ? reported : cluster,
            List.of(), true));
    return samples;
  }

  private static Map<String, Object> report(String adapter) {
    return Map.of("adapter", adapter, "observed_generation", 1L,
        "conditions", Stream.of("Applied", "Available", "Health").map(type -> Map.of("type", type, "status", "True",
            "reason", "Sample", "message", "", "last_transition_time", TIME)).toList(),
        "last_definitive", Map.of("status", "True", "reason", "Sample", "observed_generation", 1L));
  }
}
