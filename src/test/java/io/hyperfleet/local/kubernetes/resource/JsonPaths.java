package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** The JSONPath of printer columns: {@code .spec.host} and {@code .status.conditions[?(@.type=="Ready")].status}. */
public final class JsonPaths {

  private static final Pattern STEP = Pattern
      .compile("\\.([A-Za-z0-9_-]+)|\\[\\?\\(@\\.(\\w+)==[\"']([^\"']*)[\"']\\)]|\\[(\\d+)]");

  private JsonPaths() {
  }

  /** The text at the path, or an empty string. */
  public static String read(JsonNode object, String path) {
    var node = object;
    var steps = STEP.matcher(path);
    while (steps.find()) {
      if (steps.group(1) != null) {
        node = node.path(steps.group(1));
      } else if (steps.group(4) != null) {
        node = node.path(Integer.parseInt(steps.group(4)));
      } else {
        node = item(node, steps.group(2), steps.group(3));
      }
    }
    return node.asText("");
  }

  private static JsonNode item(JsonNode list, String field, String value) {
    for (var item : list) {
      if (item.path(field).asText().equals(value)) {
        return item;
      }
    }
    return Json.object().path("none");
  }
}
