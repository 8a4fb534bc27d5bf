package io.hyperfleet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of resources to return ({@code fields}), always including the id. */
final class Projection {

  private static final Set<String> WHOLE = Set.of("id", "kind", "name", "href", "labels", "spec", "generation",
      "tenancy",
      "references", "created_time", "updated_time", "created_by", "updated_by", "deleted_time", "deleted_by",
      "paused", "paused_time", "paused_by", "adapter_statuses");
  private static final Set<String> PARTS = Set.of("owner_references.id", "owner_references.kind",
      "owner_references.href",
      "owner_references.*", "status.phase", "status.observed_generation", "status.last_transition_time",
      "status.last_updated_time", "status.conditions", "status.*");
  private static final Set<String> CONDITION_PARTS = Stream.of("type", "status", "reason", "message",
      "observed_generation", "created_time", "last_updated_time", "last_transition_time", "*")
      .map(part -> "status.conditions." + part).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> ALLOWED = Stream.of(WHOLE, PARTS, CONDITION_PARTS).flatMap(Set::stream)
      .collect(Collectors.toUnmodifiableSet());

  private final Set<String> wanted;

  private Projection(Set<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * The projection of a request, or null for all fields.
   *
   * @throws Problem {@code VALIDATION} with each name that is unknown
   */
  static Projection of(HttpServletRequest request) {
    var values = request.getParameterValues("fields");
    var names = values == null
        ? List.<String>of()
        : Arrays.stream(values)
            .flatMap(value -> Arrays.stream(value.split(","))).map(String::trim).filter(name -> !name.isEmpty())
            .toList();
    var unknown = names.stream().filter(name -> !ALLOWED.contains(name)).distinct().map(Projection::unknown).toList();
    if (!unknown.isEmpty()) {
      throw Problem.invalid(unknown);
    }
    if (names.isEmpty()) {
      return null;
    }
    var wanted = new HashSet<>(Set.of("id"));
    names.forEach(name -> wanted.add(name.endsWith(".*") ? name.substring(0, name.length() - 2) : name));
    return new Projection(wanted);
  }

  private static FieldError unknown(String name) {
    return new FieldError("fields",
        "unknown field '" + name + "'; allowed: " + String.join(", ", new TreeSet<>(ALLOWED)),
        name, "enum");
  }

  /** The selected fields of one resource. */
  JsonNode of(ObjectNode resource) {
    return part(resource, "");
  }

  private ObjectNode part(ObjectNode node, String prefix) {
    var part = node.objectNode();
    node.properties().forEach(property -> {
      var path = prefix + property.getKey();
      if (wanted.contains(path)) {
        part.set(property.getKey(), property.getValue());
      } else if (wanted.stream().anyMatch(name -> name.startsWith(path + "."))) {
        part.set(property.getKey(), inner(property.getValue(), path + "."));
      }
    });
    return part;
  }

  private JsonNode inner(JsonNode value, String prefix) {
    if (value instanceof ArrayNode array) {
      var parts = array.arrayNode();
      array.forEach(item -> parts.add(part((ObjectNode) item, prefix)));
      return parts;
    }
    return part((ObjectNode) value, prefix);
  }
}
