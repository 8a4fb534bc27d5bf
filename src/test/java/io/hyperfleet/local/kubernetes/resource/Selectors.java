package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Label and field selectors, in the syntax of the API's query parameters. */
public final class Selectors {

  private static final Pattern SET_BASED = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  /** A comma ends a requirement unless it stands inside the parentheses of a set. */
  private static final String REQUIREMENTS = ",(?![^(]*\\))";

  private Selectors() {
  }

  public static Predicate<JsonNode> of(ApiRequest request) {
    var labels = labels(request.parameter("labelSelector"));
    var fields = fields(request.parameter("fieldSelector"));
    return object -> labels.test(object.path("metadata").path("labels")) && fields.test(object);
  }

  /** Tests the labels of an object. */
  static Predicate<JsonNode> labels(String selector) {
    Predicate<JsonNode> all = labels -> true;
    for (var requirement : selector.split(REQUIREMENTS)) {
      if (!requirement.isBlank()) {
        all = all.and(label(requirement.trim()));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> label(String requirement) {
    var set = SET_BASED.matcher(requirement);
    if (set.matches()) {
      var values = List.of(set.group(3).trim().split("\\s*,\\s*"));
      return in(set.group(1), values, set.group(2).equals("in"));
    }
    var pair = requirement.split("!=|==|=", 2);
    if (pair.length == 2) {
      return in(pair[0].trim(), List.of(pair[1].trim()), !requirement.contains("!="));
    }
    return requirement.startsWith("!")
        ? labels -> !labels.has(requirement.substring(1).trim())
        : labels -> labels.has(requirement);
  }

  // A negative requirement also selects objects that do not have the label at all.
  private static Predicate<JsonNode> in(String key, List<String> values, boolean wanted) {
    return labels -> labels.has(key) ? values.contains(labels.path(key).asText()) == wanted : !wanted;
  }

  /** Tests an object by any field; a real server knows only some (metadata.name, status.phase, involvedObject.*). */
  static Predicate<JsonNode> fields(String selector) {
    Predicate<JsonNode> all = object -> true;
    for (var requirement : selector.split(",")) {
      if (!requirement.isBlank()) {
        var pair = requirement.split("!=|==|=", 2);
        if (pair.length < 2) {
          throw ApiError.badRequest("invalid field selector: " + requirement);
        }
        var wanted = !requirement.contains("!=");
        var path = pair[0].trim().split("\\.");
        all = all.and(object -> Json.text(object, path).equals(pair[1].trim()) == wanted);
      }
    }
    return all;
  }
}
