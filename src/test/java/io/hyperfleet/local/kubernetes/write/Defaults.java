package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What the real server fills in: clients that compare what they sent with what is stored must meet it here too. */
final class Defaults {

  private Defaults() {
  }

  /** Defaults of every write. */
  static void apply(ResourceType type, ObjectNode object) {
    switch (type.qualifiedPlural()) {
      case "jobs.batch" -> job(object);
      case "deployments.apps" -> deployment(Json.ensure(object, "spec"));
      case "pods" -> podSpec(Json.ensure(object, "spec"), "Always");
      case "services" ->
        object.path("spec").path("ports").forEach(port -> Json.defaultTo((ObjectNode) port, "protocol", "TCP"));
      case "secrets" -> secret(object);
      case "namespaces" -> {
        Json.ensure(object, "metadata", "labels").put("kubernetes.io/metadata.name", Json.name(object));
        Json.ensure(object, "spec").putArray("finalizers").add("kubernetes");
      }
      default -> {
      }
    }
  }

  /** What only a creation sets: the first status, and a Job's selector. */
  static void onCreate(ResourceType type, ObjectNode object) {
    switch (type.qualifiedPlural()) {
      case "pods" -> object.putObject("status").put("phase", "Pending");
      case "namespaces" -> object.putObject("status").put("phase", "Active");
      case "resourcequotas" -> Json.ensure(object, "status").set("hard", object.path("spec").path("hard").deepCopy());
      case "jobs.batch" -> {
        object.putObject("status");
        selectOwnPods(object);
      }
      default -> {
      }
    }
  }

  // Set at creation only: an update without these labels changes the template, which the real server refuses too.
  private static void selectOwnPods(ObjectNode job) {
    if (job.path("spec").path("manualSelector").asBoolean()) {
      return;
    }
    var uid = Json.uid(job);
    Json.ensure(job, "spec", "selector", "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
    Json.ensure(job, "spec", "template", "metadata", "labels")
        .put("batch.kubernetes.io/controller-uid", uid).put("batch.kubernetes.io/job-name", Json.name(job))
        .put("controller-uid", uid).put("job-name", Json.name(job));
    Json.defaultTo(Json.ensure(job, "spec"), "manualSelector", false);
  }

  /** What the real server fills in when it reads a new object back. */
  static void onceStored(ResourceType type, ObjectNode object) {
    if (type == Catalog.JOBS && object.path("metadata").path("labels").isEmpty()) {
      Json.metadata(object).set("labels", object.at("/spec/template/metadata/labels").deepCopy());
    }
  }

  private static void job(ObjectNode job) {
    var spec = Json.ensure(job, "spec");
    var labels = spec.path("template").path("metadata").path("labels");
    if (!labels.isEmpty() && job.path("metadata").path("labels").isEmpty()) {
      Json.metadata(job).set("labels", labels.deepCopy());
    }
    Json.defaultTo(spec, "backoffLimit", 6);
    Json.defaultTo(spec, "completionMode", "NonIndexed");
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Json.defaultTo(spec, "parallelism", 1);
    Json.defaultTo(spec, "suspend", false);
    Json.defaultTo(spec, "podReplacementPolicy", "TerminatingOrFailed");
    podSpec(Json.ensure(spec, "template", "spec"), "");
  }

  private static void deployment(ObjectNode spec) {
    Json.defaultTo(spec, "replicas", 1);
    Json.defaultTo(spec, "revisionHistoryLimit", 10);
    Json.defaultTo(spec, "progressDeadlineSeconds", 600);
    Json.defaultTo(spec, "strategy", Map.of("type", "RollingUpdate",
        "rollingUpdate", Map.of("maxSurge", "25%", "maxUnavailable", "25%")));
    podSpec(Json.ensure(spec, "template", "spec"), "Always");
  }

  private static void podSpec(ObjectNode spec, String restartPolicy) {
    if (!restartPolicy.isEmpty()) {
      Json.defaultTo(spec, "restartPolicy", restartPolicy);
    }
    Json.defaultTo(spec, "dnsPolicy", "ClusterFirst");
    Json.defaultTo(spec, "schedulerName", "default-scheduler");
    Json.defaultTo(spec, "securityContext", Map.of());
    Json.defaultTo(spec, "terminationGracePeriodSeconds", 30);
    if (spec.has("serviceAccountName")) {
      Json.defaultTo(spec, "serviceAccount", Json.text(spec, "serviceAccountName"));
    }
    spec.path("initContainers").forEach(Defaults::container);
    spec.path("containers").forEach(Defaults::container);
  }

  private static void container(JsonNode node) {
    if (node instanceof ObjectNode container) {
      var image = Json.text(container, "image");
      var tag = image.substring(image.lastIndexOf('/') + 1);
      var latest = !tag.contains(":") || tag.endsWith(":latest");
      Json.defaultTo(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
      Json.defaultTo(container, "resources", Map.of());
      Json.defaultTo(container, "terminationMessagePath", "/dev/termination-log");
      Json.defaultTo(container, "terminationMessagePolicy", "File");
      container.path("ports").forEach(port -> Json.defaultTo((ObjectNode) port, "protocol", "TCP"));
    }
  }

  private static void secret(ObjectNode secret) {
    Json.defaultTo(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof ObjectNode plain) {
      var data = Json.ensure(secret, "data");
      plain.fields().forEachRemaining(entry -> data.put(entry.getKey(), Base64.getEncoder()
          .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }
}
