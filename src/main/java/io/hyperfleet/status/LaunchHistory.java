package io.hyperfleet.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.problem.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Jobs that an adapter has launched for one generation of a resource, as it reports them: {@code [{object,
 * generation, attempt, digest, result, output}]}. They are kept until a report for a newer generation, so that a Job
 * that is gone is not rerun.
 */
public final class LaunchHistory {

  /** Most Jobs of one adapter and resource. */
  static final int MOST = 50;
  private static final int LONGEST = 253;
  /** Maximum size of a termination message that Kubernetes keeps. */
  private static final int LONGEST_OUTPUT = 4096;
  private static final Set<String> RESULTS = Set.of("Succeeded", "Failed");

  private LaunchHistory() {}

  /**
   * Reads the field {@code launched} of a report, null when it is absent; what is wrong is noted in the fields or the
   * errors.
   */
  static JsonNode parse(JsonFields fields, List<FieldError> errors) {
    var array = fields.array("launched");
    if (array == null) {
      return null;
    }
    if (array.size() > MOST) {
      errors
          .add(new FieldError("launched", "launched must have at most " + MOST + " items", array.size(), "max_items"));
      return null;
    }
    var launched = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < array.size(); i++) {
      var path = "launched[" + i + "]";
      if (array.get(i) instanceof ObjectNode item) {
        launched.add(item(fields.within(item, path), path, errors));
      } else {
        fields.note(path, "an object");
      }
    }
    return launched;
  }

  private static ObjectNode item(JsonFields fields, String path, List<FieldError> errors) {
    var item = JsonNodeFactory.instance.objectNode();
    text(item, fields, path, "object", LONGEST, errors);
    text(item, fields, path, "digest", LONGEST, errors);
    text(item, fields, path, "result", LONGEST, errors);
    text(item, fields, path, "output", LONGEST_OUTPUT, errors);
    for (String name : List.of("generation", "attempt")) {
      var number = fields.integer(name);
      if (number != null && number < 1) {
        errors.add(new FieldError(path + "." + name, path + "." + name + " must be at least 1", number, "min"));
      } else if (number != null) {
        item.put(name, number);
      }
    }
    for (String name : List.of("object", "generation")) {
      if (!item.has(name)) {
        errors.add(FieldError.required(path + "." + name));
      }
    }
    if (item.has("result") && !RESULTS.contains(item.get("result").textValue())) {
      errors.add(new FieldError(path + ".result", path + ".result must be one of Succeeded, Failed",
          item.get("result").textValue(), "enum"));
    }
    return item;
  }

  private static void text(ObjectNode item, JsonFields fields, String path, String name, int longest,
      List<FieldError> errors) {
    var text = fields.string(name);
    if (text != null && text.length() > longest) {
      errors.add(
          new FieldError(path + "." + name, path + "." + name + " must be at most " + longest + " characters", null,
              "max_length"));
    } else if (text != null) {
      item.put(name, text);
    }
  }

  /**
   * The launches to keep after a report: those of the report, else the known ones; none of an older generation. A
   * result or output that was seen stays until the next attempt.
   *
   * @param reported null if absent in the report
   * @param stored the launches stored before, or null
   */
  static JsonNode merge(JsonNode reported, int generation, JsonNode stored) {
    Map<String, JsonNode> kept = new LinkedHashMap<>();
    for (JsonNode launches : new JsonNode[]{stored, reported}) {
      if (launches != null) {
        launches.forEach(launch -> {
          if (launch.path("generation").intValue() == generation) {
            kept.merge(launch.path("object").textValue(), launch, LaunchHistory::newer);
          }
        });
      }
    }
    return kept.isEmpty() ? null : JsonNodeFactory.instance.arrayNode().addAll(kept.values());
  }

  private static JsonNode newer(JsonNode before, JsonNode now) {
    boolean same = before.path("attempt").asInt(1) == now.path("attempt").asInt(1);
    if (same && now.has("result") && before.has("output") && !now.has("output")) {
      return ((ObjectNode) now).put("output", before.get("output").textValue());
    }
    return before.path("attempt").asInt(1) > now.path("attempt").asInt(1)
        || same && before.has("result") && !now.has("result")
            ? before
            : now;
  }
}
