package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The Kubernetes objects of a scenario. */
final class ObjectStore {

  /** Selector of objects: one by name, or all of a kind (in a namespace). */
  record Place(String apiVersion, String plural, String namespace, String name) {

    Place named(String name) {
      return new Place(apiVersion, plural, namespace, name);
    }

    boolean holds(Place other) {
      return apiVersion.equals(other.apiVersion) && plural.equals(other.plural)
          && (namespace == null || namespace.equals(other.namespace)) && (name == null || name.equals(other.name));
    }
  }

  /** A kind of object. */
  record Kind(String apiVersion, String name) {

    String plural() {
      return Pluralize.toPlural(name.toLowerCase(Locale.ROOT));
    }
  }

  private static final ObjectMapper JSON = Serialization.jsonMapper();

  private final Map<Place, Map<String, Object>> objects = new LinkedHashMap<>();
  private final Map<String, Kind> kinds = new TreeMap<>();
  private long version = 1;

  ObjectStore(Collection<Kind> known) {
    known.forEach(this::know);
  }

  private void know(Kind kind) {
    kinds.put(kind.apiVersion() + "/" + kind.plural(), kind);
  }

  /** Adds an initial object, with a namespace unless its kind is cluster-scoped. */
  void add(Map<String, Object> object, String namespace) {
    var kind = new Kind((String) object.get("apiVersion"), (String) object.get("kind"));
    know(kind);
    var metadata = metadata(object);
    metadata.putIfAbsent("namespace", namespace);
    metadata.putIfAbsent("generation", 1L);
    put(new Place(kind.apiVersion(), kind.plural(), String.valueOf(metadata.get("namespace")),
        String.valueOf(metadata.get("name"))), object);
  }

  Optional<Map<String, Object>> get(Place place) {
    return Optional.ofNullable(objects.get(place));
  }

  Map<String, Object> list(Place place, String query) {
    var kind = kinds.get(place.apiVersion() + "/" + place.plural());
    return Map.of("apiVersion", place.apiVersion(), "kind", (kind == null ? "" : kind.name()) + "List",
        "metadata", Map.of("resourceVersion", Long.toString(version)),
        "items", places(place, query).stream().map(objects::get).toList());
  }

  private List<Place> places(Place wanted, String query) {
    return objects.entrySet().stream()
        .filter(entry -> wanted.holds(entry.getKey()) && selected(entry.getValue(), query))
        .map(Map.Entry::getKey).toList();
  }

  private static boolean selected(Map<String, Object> object, String query) {
    var labels = metadata(object).get("labels") instanceof Map<?, ?> map ? map : Map.of();
    return Arrays.stream(query == null ? new String[0] : query.split("&"))
        .filter(parameter -> parameter.startsWith("labelSelector="))
        .flatMap(parameter -> Arrays.stream(parameter.substring("labelSelector=".length()).split(",")))
        .map(term -> term.split("=", 2))
        .allMatch(term -> term.length == 2 ? term[1].equals(labels.get(term[0])) : labels.containsKey(term[0]));
  }

  /** Whether the body has another resourceVersion than the existing object. */
  boolean conflicts(Place place, Map<String, Object> body) {
    var wanted = body.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("resourceVersion") : null;
    return wanted != null
        && !wanted.equals(get(place).map(object -> metadata(object).get("resourceVersion")).orElse(null));
  }

  /** The object after applying the body: maps are merged, everything else is replaced. */
  Map<String, Object> merged(Place place, Map<String, Object> body) {
    Map<String, Object> object = copy(objects.getOrDefault(place, Map.of()));
    merge(object, copy(body));
    var metadata = metadata(object);
    metadata.put("name", place.name());
    if (place.namespace() != null) {
      metadata.put("namespace", place.namespace());
    }
    metadata.putIfAbsent("generation", 1L);
    var before = objects.get(place);
    if (before != null && !Objects.equals(before.get("spec"), object.get("spec"))) {
      metadata.put("generation", ((Number) metadata.get("generation")).longValue() + 1);
    }
    return object;
  }

  Map<String, Object> put(Place place, Map<String, Object> object) {
    var metadata = metadata(object);
    metadata.put("resourceVersion", Long.toString(++version));
    metadata.putIfAbsent("uid", UUID.nameUUIDFromBytes(place.toString().getBytes(StandardCharsets.UTF_8)).toString());
    metadata.putIfAbsent("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    objects.put(place, object);
    return object;
  }

  /** Deletes selected objects and returns their number; objects with finalizers are marked as being deleted. */
  int delete(Place place, String query) {
    var found = places(place, query);
    for (Place one : found) {
      var metadata = metadata(objects.get(one));
      if (metadata.get("finalizers") instanceof List<?> finalizers && !finalizers.isEmpty()) {
        metadata.putIfAbsent("deletionTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      } else {
        objects.remove(one);
      }
    }
    return found.size();
  }

  /** The API's discovery document for a version. */
  Map<String, Object> kinds(String path) {
    var apiVersion = path.replaceFirst("^/apis?/", "").replaceFirst("/$", "");
    List<Map<String, Object>> resources = new ArrayList<>();
    kinds.values().stream().filter(kind -> kind.apiVersion().equals(apiVersion))
        .forEach(kind -> resources
            .add(Map.of("name", kind.plural(), "singularName", kind.name().toLowerCase(Locale.ROOT), "namespaced", true,
                "kind", kind.name(), "verbs", List.of("get", "list", "create", "patch", "delete"))));
    return Map.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", apiVersion, "resources", resources);
  }

  @SuppressWarnings("unchecked")
  private static void merge(Map<String, Object> into, Map<String, Object> from) {
    from.forEach((key, value) -> {
      if (value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> existing) {
        merge((Map<String, Object>) existing, (Map<String, Object>) map);
      } else {
        into.put(key, value);
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata(Map<String, Object> object) {
    return (Map<String, Object>) object.computeIfAbsent("metadata", key -> new LinkedHashMap<String, Object>());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Map<String, Object> object) {
    return JSON.convertValue(object, LinkedHashMap.class);
  }
}
