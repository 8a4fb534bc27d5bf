package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.JsonPaths;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.write.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The columns that {@code kubectl get} shows: a server computes them, so that clients need not know a kind. */
final class Tables {

  private record Column(String name, Function<JsonNode, String> cell) {
  }

  private Tables() {
  }

  static ObjectNode of(ResourceType type, List<ObjectNode> objects, long version) {
    var columns = columns(type);
    var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", Long.toString(version));
    var definitions = table.putArray("columnDefinitions");
    columns.forEach(column -> definitions.addObject().put("name", column.name()).put("type", "string")
        .put("format", column.name().equals("Name") ? "name" : "").put("description", "").put("priority", 0));
    var rows = table.putArray("rows");
    for (var object : objects) {
      var row = rows.addObject();
      var cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object)));
      var partial = row.putObject("object").put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      ObjectNode metadata = Json.metadata(object).deepCopy();
      metadata.remove("managedFields");
      partial.set("metadata", metadata);
    }
    return table;
  }

  private static List<Column> columns(ResourceType type) {
    var result = new ArrayList<Column>();
    result.add(new Column("Name", Json::name));
    switch (type.qualifiedPlural()) {
      case "jobs.batch" -> {
        result.add(new Column("Status", Tables::jobStatus));
        result.add(new Column("Completions", job -> "%d/%d".formatted(
            job.path("status").path("succeeded").asInt(), job.path("spec").path("completions").asInt(1))));
        result.add(new Column("Duration", Tables::jobDuration));
      }
      case "pods" -> {
        result.add(new Column("Ready", pod -> "%d/%d".formatted(ready(pod), pod.at("/spec/containers").size())));
        result.add(new Column("Status", Tables::podStatus));
        result.add(new Column("Restarts", pod -> "0"));
      }
      case "namespaces" -> result.add(new Column("Status", namespace -> Json.text(namespace, "status", "phase")));
      case "configmaps" -> result.add(new Column("Data", map -> String.valueOf(map.path("data").size())));
      case "secrets" -> {
        result.add(new Column("Type", secret -> Json.text(secret, "type")));
        result.add(new Column("Data", secret -> String.valueOf(secret.path("data").size())));
      }
      case "deployments.apps" -> {
        result.add(new Column("Ready", deployment -> "%d/%d".formatted(
            deployment.at("/status/readyReplicas").asInt(), deployment.at("/spec/replicas").asInt())));
        result.add(new Column("Up-to-date", deployment -> deployment.at("/status/updatedReplicas").asText("0")));
        result.add(new Column("Available", deployment -> deployment.at("/status/availableReplicas").asText("0")));
      }
      case "events" -> {
        return List.of(new Column("Last Seen", event -> age(Json.text(event, "lastTimestamp"))),
            new Column("Type", event -> Json.text(event, "type")),
            new Column("Reason", event -> Json.text(event, "reason")),
            new Column("Object", event -> Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT)
                + "/" + Json.text(event, "involvedObject", "name")),
            new Column("Message", event -> Json.text(event, "message")));
      }
      default -> printerColumns(type, result);
    }
    result.add(new Column("Age", object -> age(Json.text(object, "metadata", "creationTimestamp"))));
    return result;
  }

  private static void printerColumns(ResourceType type, List<Column> columns) {
    if (type.custom()) {
      type.definition().path("additionalPrinterColumns").forEach(column -> columns.add(new Column(
          Json.text(column, "name"), object -> JsonPaths.read(object, Json.text(column, "jsonPath")))));
    }
  }

  private static String jobStatus(JsonNode job) {
    for (var type : List.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet")) {
      if (Conditions.isTrue(job, type)) {
        return type;
      }
    }
    return job.path("metadata").has("deletionTimestamp") ? "Terminating" : "Running";
  }

  private static String jobDuration(JsonNode job) {
    var start = Json.text(job, "status", "startTime");
    if (start.isEmpty()) {
      return "";
    }
    var end = Json.text(job, "status", "completionTime");
    return human(Duration.between(Instant.parse(start), end.isEmpty() ? Instant.now() : Instant.parse(end)));
  }

  private static long ready(JsonNode pod) {
    return StreamSupport.stream(pod.at("/status/containerStatuses").spliterator(), false)
        .filter(container -> container.path("ready").asBoolean()).count();
  }

  private static String podStatus(JsonNode pod) {
    var state = pod.at("/status/containerStatuses/0/state");
    var reason = Json.text(state, "waiting", "reason") + Json.text(state, "terminated", "reason");
    return reason.isEmpty() ? Json.text(pod, "status", "phase") : reason;
  }

  static String age(String timestamp) {
    return timestamp.isEmpty() ? "<unknown>" : human(Duration.between(Instant.parse(timestamp), Instant.now()));
  }

  /** As kubectl writes durations: two units while they are small, else one. */
  static String human(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 600) {
      return parts(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 3 * 3600) {
      return seconds / 60 + "m";
    }
    if (seconds < 8 * 3600) {
      return parts(seconds / 3600, "h", seconds / 60 % 60, "m");
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  private static String parts(long large, String unit, long small, String smallUnit) {
    return List.of(large + unit, small == 0 ? "" : small + smallUnit).stream().collect(Collectors.joining());
  }
}
