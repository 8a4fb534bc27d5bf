package io.hyperfleet.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parses the body of a report and validates what does not depend on the resource. Accepts snake_case and camelCase, and
 * the flat form {@code {adapter_name, phase, message}}.
 */
public final class ReportBody {

  private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");
  private static final int LONGEST_REVISION = 128;

  private ReportBody() {}

  /**
   * The report in a body.
   *
   * @throws Problem {@code VALIDATION} with every wrong type, or with every other finding
   */
  public static Report parse(ObjectNode body) {
    var fields = new JsonFields(body);
    var flat = fields.has("phase") && !fields.has("conditions");
    var adapter = fields.string("adapter", "adapter_name", "adapterName");
    var generation = fields.integer("observed_generation", "observedGeneration");
    var time = fields.time("observed_time", "observedTime", "lastUpdated");
    var phase = flat ? fields.string("phase") : null;
    var message = flat ? fields.string("message") : null;
    var conditions = flat ? List.<ReportedCondition>of() : conditions(fields);
    var data = fields.object("data");
    var metadata = metadata(fields);
    var revision = fields.string("adapter_revision", "adapterRevision");
    var errors = new ArrayList<FieldError>();
    var launched = LaunchHistory.parse(fields, errors);
    fields.throwIfWrong();

    checkAdapter(adapter, errors);
    if (revision != null && revision.length() > LONGEST_REVISION) {
      errors.add(new FieldError("adapter_revision", "adapter_revision must be at most " + LONGEST_REVISION
          + " characters", null, "max_length"));
    }
    checkGeneration(generation, flat, errors);
    if (flat) {
      conditions = ofPhase(phase, message, errors);
    } else if (!fields.has("conditions")) {
      errors.add(FieldError.required("conditions"));
    } else {
      checkConditions(conditions, errors);
    }
    ReportLimits.check(conditions, metadata, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return new Report(adapter, generation, time, conditions,
        data == null ? JsonNodeFactory.instance.objectNode() : data, metadata, launched, revision);
  }

  private static List<ReportedCondition> conditions(JsonFields fields) {
    var array = fields.array("conditions");
    var conditions = new ArrayList<ReportedCondition>();
    for (int i = 0; array != null && i < array.size(); i++) {
      var path = "conditions[" + i + "]";
      if (array.get(i) instanceof ObjectNode item) {
        var condition = fields.within(item, path);
        conditions.add(new ReportedCondition(condition.string("type"), condition.string("status"),
            condition.string("reason"), condition.string("message"), null));
      } else {
        fields.note(path, "an object");
      }
    }
    return conditions;
  }

  private static ObjectNode metadata(JsonFields fields) {
    var object = fields.object("metadata");
    if (object == null) {
      return null;
    }
    var source = fields.within(object, "metadata");
    var metadata = JsonNodeFactory.instance.objectNode();
    put(metadata, "job_name", source.string("job_name", "jobName"));
    put(metadata, "job_namespace", source.string("job_namespace", "jobNamespace"));
    var attempt = source.integer("attempt");
    if (attempt != null) {
      metadata.put("attempt", attempt);
    }
    var started = source.time("started_time", "startedTime");
    put(metadata, "started_time", started == null ? null : started.toString());
    var completed = source.time("completed_time", "completedTime");
    put(metadata, "completed_time", completed == null ? null : completed.toString());
    put(metadata, "duration", source.string("duration"));
    put(metadata, "digest", source.string("digest"));
    return metadata;
  }

  private static void put(ObjectNode object, String name, String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private static void checkAdapter(String adapter, List<FieldError> errors) {
    if (adapter == null || adapter.isBlank()) {
      errors.add(FieldError.required("adapter"));
    } else if (!AdapterNames.isName(adapter)) {
      errors
          .add(new FieldError("adapter", "adapter must be at most 63 lower-case letters, digits and '-', and start and "
              + "end with a letter or digit", null, "pattern"));
    }
  }

  private static void checkGeneration(Integer generation, boolean flat, List<FieldError> errors) {
    if (generation == null && !flat) {
      errors.add(FieldError.required("observed_generation"));
    } else if (generation != null && generation < 1) {
      errors.add(new FieldError("observed_generation", "observed_generation must be at least 1", generation, "min"));
    }
  }

  private static void checkConditions(List<ReportedCondition> conditions, List<FieldError> errors) {
    var types = new HashSet<String>();
    for (int i = 0; i < conditions.size(); i++) {
      var path = "conditions[" + i + "]";
      var condition = conditions.get(i);
      if (condition.type() == null || condition.type().isBlank()) {
        errors.add(FieldError.required(path + ".type"));
      } else if (!types.add(condition.type())) {
        errors.add(new FieldError(path + ".type", "duplicate condition type '" + condition.type() + "'",
            condition.type(), "unique"));
      }
      if (condition.status() == null || !STATUSES.contains(condition.status())) {
        errors.add(new FieldError(path + ".status", path + ".status must be one of True, False, Unknown",
            condition.status(), "enum"));
      }
    }
  }

  private static List<ReportedCondition> ofPhase(String phase, String message, List<FieldError> errors) {
    return switch (phase) {
      case "InProgress" -> conditions("Unknown", "JobInProgress", message);
      case "Ready", "Complete" -> conditions("True", "JobSucceeded", message);
      case "Failed" -> conditions("False", "JobFailed", message);
      default -> {
        errors.add(new FieldError("phase", "phase must be one of InProgress, Ready, Complete, Failed", phase, "enum"));
        yield List.of();
      }
    };
  }

  private static List<ReportedCondition> conditions(String available, String reason, String message) {
    return List.of(
        new ReportedCondition(ReportedCondition.APPLIED, "True", "JobLaunched", null, null),
        new ReportedCondition(ReportedCondition.AVAILABLE, available, reason, message, null),
        new ReportedCondition(ReportedCondition.HEALTH, "True", "NoErrors", null, null));
  }
}
