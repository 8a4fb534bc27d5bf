package io.hyperfleet.dryrun.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Puts a scenario together from the files of a case and from single inputs, which win. */
public final class ScenarioBuilder {

  private Map<String, Object> event;
  private Map<String, Object> cluster;
  private Map<String, Object> nodePool;
  private List<Map<String, Object>> statuses;
  private List<Map<String, Object>> objects = List.of();
  private List<Fault> faults = List.of();

  /**
   * Takes the files {@code in-*} of a folder.
   *
   * @throws InputException when one has a name that means nothing, or cannot be read
   */
  public ScenarioBuilder files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.getFileName().toString().startsWith("in-")).sorted().toList()) {
        switch (file.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "")) {
          case Scenario.EVENT -> event(file);
          case Scenario.CLUSTER -> cluster(file.toString());
          case Scenario.NODE_POOL -> nodePool(file.toString());
          case Scenario.STATUSES -> statuses(file);
          case Scenario.RESOURCES -> resources(List.of(file));
          case Scenario.FAULTS -> faults(file);
          default -> throw new InputException(file + ": means nothing; allowed are " + String.join(", ", Scenario.EVENT,
              Scenario.CLUSTER, Scenario.NODE_POOL, Scenario.STATUSES, Scenario.RESOURCES, Scenario.FAULTS)
              + " with .yaml or .json");
        }
      }
    } catch (IOException e) {
      throw new InputException(folder + ": no readable folder of a case", e);
    }
    return this;
  }

  /** The CloudEvent, or its data. */
  public ScenarioBuilder event(Path file) {
    event = InputFiles.map(file, InputKind.EVENT);
    return this;
  }

  /** A file, or the URL of a cluster at a running API. */
  public ScenarioBuilder cluster(String place) {
    cluster = resource(place);
    return this;
  }

  /** A file, or the URL of a node pool at a running API. */
  public ScenarioBuilder nodePool(String place) {
    nodePool = resource(place);
    return this;
  }

  private static Map<String, Object> resource(String place) {
    return place.matches("https?://.*") ? InputFiles.fetch(place) : InputFiles.map(Path.of(place), InputKind.RESOURCE);
  }

  /** Reports about the resource. */
  public ScenarioBuilder statuses(Path file) {
    statuses = InputFiles.maps(file, InputKind.STATUS);
    return this;
  }

  /** Objects in Kubernetes. */
  public ScenarioBuilder resources(List<Path> paths) {
    objects = paths.stream().flatMap(path -> InputFiles.maps(path, InputKind.OBJECT).stream()).toList();
    return this;
  }

  /** Requests that fail. */
  public ScenarioBuilder faults(Path file) {
    faults = InputFiles.maps(file, InputKind.FAULT).stream().map(ScenarioBuilder::fault).toList();
    return this;
  }

  private static Fault fault(Map<String, Object> map) {
    return new Fault((String) map.get("to"), (String) map.get("verb"), (String) map.get("resource"),
        map.get("status") instanceof Number status ? status.intValue() : 0, (String) map.get("message"));
  }

  /**
   * The scenario. An event that is not given is the one that the API would send about the resource.
   *
   * @throws InputException when there is no cluster
   */
  public Scenario build() {
    if (cluster == null) {
      throw new InputException(
          "there is no cluster; give one with --cluster, or " + Scenario.CLUSTER + ".yaml in the case; "
              + "a node pool needs the one that owns it");
    }
    var resource = new LinkedHashMap<>(nodePool == null ? cluster : nodePool);
    var kind = nodePool == null ? "Cluster" : "NodePool";
    resource.putIfAbsent("kind", kind);
    resource.putIfAbsent("generation", 1L);
    var id = (String) resource.get("id");
    var reports = statuses != null ? statuses : reports(resource);
    resource.put("adapter_statuses", reports.stream().map(ReportDefaults::complete).toList());
    if (nodePool == null) {
      return new Scenario(cloudEvent(resource, id), resource, List.of(), objects, faults);
    }
    resource.putIfAbsent("owner_references", Map.of("id", String.valueOf(cluster.get("id")), "kind", "Cluster"));
    return new Scenario(cloudEvent(resource, id), resource, List.of(cluster), objects, faults);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> reports(Map<String, Object> resource) {
    return resource.get("adapter_statuses") instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  private Map<String, Object> cloudEvent(Map<String, Object> resource, String id) {
    if (event != null && (event.get("data") instanceof Map || event.get("data_base64") instanceof String)) {
      return event;
    }
    var kind = String.valueOf(resource.get("kind"));
    Map<String, Object> data = event;
    if (data == null) {
      data = new LinkedHashMap<>();
      data.put("id", id);
      data.put("kind", kind);
      data.put("generation", resource.get("generation"));
      if (resource.containsKey("owner_references")) {
        data.put("owner_references", resource.get("owner_references"));
      }
    }
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("specversion", "1.0");
    envelope.put("id", "dry-run");
    envelope.put("source", "/hyperfleet/dry-run");
    envelope.put("type", kind.toLowerCase(Locale.ROOT) + ".changed.v1");
    envelope.put("data", data);
    return envelope;
  }
}
