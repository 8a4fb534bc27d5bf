package io.hyperfleet.dryrun.input;

import io.hyperfleet.kind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Builds a scenario from the files of a case and single inputs, which take precedence. */
public final class ScenarioBuilder {

  private Map<String, Object> event;
  private Map<String, Object> cluster;
  private Map<String, Object> nodePool;
  private List<Map<String, Object>> statuses;
  private List<Map<String, Object>> objects = List.of();
  private List<Fault> faults = List.of();
  private String nodePoolUrl;
  private final LivingApi api;

  /** For inputs that are files, or that an API answers without a token. */
  public ScenarioBuilder() {
    this(new LivingApi(null));
  }

  /** For inputs that are files, or that an API answers. */
  public ScenarioBuilder(LivingApi api) {
    this.api = api;
  }

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
          default -> throw new InputException(file + ": unknown file name; allowed: "
              + String.join(", ", Scenario.EVENT,
                  Scenario.CLUSTER, Scenario.NODE_POOL, Scenario.STATUSES, Scenario.RESOURCES, Scenario.FAULTS)
              + " with .yaml or .json");
        }
      }
    } catch (IOException e) {
      throw new InputException(folder + ": not a readable folder of a case with in-* files", e);
    }
    return this;
  }

  /** The CloudEvent, or its data. */
  public ScenarioBuilder event(Path file) {
    event = InputFiles.map(file, InputKind.EVENT);
    return this;
  }

  /**
   * An event that an API has written, and the resource that it is about, as that is now.
   *
   * @param url where the API has its resources
   * @throws InputException when there is no such event, or its resource is gone
   */
  public ScenarioBuilder pastEvent(String url, String id, Kinds kinds) {
    var at = url + "/events/" + id;
    var past = api.get(at).orElseThrow(() -> new InputException(at + ": no such event; GET " + url
        + "/events lists events"));
    if (!(past.get("payload") instanceof Map<?, ?> payload) || !(past.get("aggregate_id") instanceof String about)) {
      throw new InputException(at + ": not an event of the HyperFleet API; aggregate_id or payload missing");
    }
    var kind = kinds.named(String.valueOf(past.get("aggregate_type"))).orElseThrow(() -> new InputException(at
        + ": is about a " + past.get("aggregate_type") + "; known kinds: " + kinds.names()));
    event = envelope(id, String.valueOf(past.get("event_type")), payload);
    var resource = resource(url + "/" + kind.plural() + "/" + about);
    resource.putIfAbsent("kind", kind.name());
    nodePool = kind.owned() ? resource : null;
    cluster = kind.owned() && resource.get("owner_references") instanceof Map<?, ?> owner
        ? resource(url + "/" + kinds.parentOf(kind).plural() + "/" + owner.get("id"))
        : resource;
    return this;
  }

  /** A file, or the URL of a cluster at a running API. */
  public ScenarioBuilder cluster(String place) {
    cluster = resource(place);
    return this;
  }

  /** A file, or the URL of a node pool at a running API, which is then asked for its cluster, too. */
  public ScenarioBuilder nodePool(String place) {
    nodePool = resource(place);
    nodePoolUrl = isUrl(place) ? place : null;
    return this;
  }

  private Map<String, Object> resource(String place) {
    if (!isUrl(place)) {
      return new LinkedHashMap<>(InputFiles.map(path(place), InputKind.RESOURCE));
    }
    var found = api.resource(place).orElseThrow(() -> new InputException(place + ": no such resource; use the URL of "
        + "a cluster, such as http://localhost:8000/api/hyperfleet/v1/clusters/<id>"));
    return new LinkedHashMap<>(InputKind.RESOURCE.checked(InputPlaces.nowhere(place, found)));
  }

  /** Whether a place is at a running API, and no file. */
  public static boolean isUrl(String place) {
    return place.matches("(?i)https?://.*");
  }

  /**
   * The file of an input.
   *
   * @throws InputException when it can be none
   */
  public static Path path(String place) {
    try {
      return Path.of(place);
    } catch (InvalidPathException e) {
      throw new InputException(place + ": not a file path; must be a file or an http(s) URL", e);
    }
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
    if (cluster == null && nodePoolUrl != null && nodePool.get("owner_references") instanceof Map<?, ?> owner) {
      cluster(LivingApi.base(nodePoolUrl) + "/clusters/" + owner.get("id"));
    }
    if (cluster == null) {
      throw new InputException(
          "no cluster given; set one with --cluster, or " + Scenario.CLUSTER + ".yaml in the case; "
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
    return envelope("dry-run", kind.toLowerCase(Locale.ROOT) + ".changed.v1", data);
  }

  private static Map<String, Object> envelope(String id, String type, Map<?, ?> data) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("specversion", "1.0");
    envelope.put("id", id);
    envelope.put("source", "/hyperfleet/dry-run");
    envelope.put("type", type);
    envelope.put("data", data);
    return envelope;
  }
}
