package io.hyperfleet.dryrun.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The adapter's status payload, without boilerplate. */
final class StatusPayload {

  private static final Set<String> SUPPLIED = Set.of("adapter", "observed_generation", "observed_time");
  private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z_]\\w*(\\.\\w+)+");

  private final Parameters parameters;
  private final ManifestText texts;
  private final GoPipeline scope;
  private final boolean job;
  private final ImportReport report;
  private final Map<String, Object> postconditions = new LinkedHashMap<>();
  private final Map<String, Object> conditions = new LinkedHashMap<>();
  private final Map<String, Object> data = new LinkedHashMap<>();

  StatusPayload(Parameters parameters, ManifestText texts, GoPipeline scope, boolean job, ImportReport report) {
    this.parameters = parameters;
    this.texts = texts;
    this.scope = scope;
    this.job = job;
    this.report = report;
  }

  Map<String, Object> postconditions() {
    return postconditions;
  }

  Map<String, Object> conditions() {
    return conditions;
  }

  Map<String, Object> data() {
    return data;
  }

  void read(String part, Map<String, Object> build) {
    build.forEach((key, value) -> {
      if (SUPPLIED.contains(key)) {
        report.became(part + "." + key, "supplied by the template");
      } else if (key.equals("conditions")) {
        UpstreamFiles.maps(value).forEach(condition -> condition(part + ".conditions", condition));
      } else if (key.equals("data")) {
        UpstreamFiles.map(value).forEach((name, item) -> data(part + ".data." + name, name, item));
      } else {
        report.todo(part + "." + key, "no counterpart: a report has only the adapter's conditions and data");
      }
    });
  }

  private void data(String part, String name, Object value) {
    try {
      data.put(name, value instanceof Number || value instanceof Boolean ? value : cel(value));
      report.became(part, "spec.data." + name);
    } catch (Unconvertible e) {
      report.todo(part, e.getMessage());
    }
  }

  private void condition(String part, Map<String, Object> condition) {
    var type = UpstreamFiles.text(condition.get("type"));
    var place = part + "." + type;
    switch (type) {
      case "Applied", "Health", "Finalized" -> report.became(place, "supplied by the template");
      case "Available" -> available(place, condition.get("status"));
      default -> own(place, type, condition);
    }
  }

  private void available(String place, Object status) {
    try {
      var cel = cel(status);
      if (job && cel.contains("Complete")) {
        report.became(place, "supplied by the template, which knows how a Job ends");
      } else if (!cel.contains("resources")) {
        report.became(place, "supplied by the template: what is applied and settled is available");
      } else {
        postconditions.put("available", Simplified.isTrue(cel));
        report.became(place,
            "spec.postconditions; reasons and messages are the platform's, spec.messages changes them");
      }
    } catch (Unconvertible e) {
      report.todo(place, e.getMessage());
    }
  }

  private void own(String place, String type, Map<String, Object> condition) {
    try {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("status", condition.get("status") instanceof Map<?, ?>
          ? reportCel(condition.get("status"))
          : texts.term(UpstreamFiles.text(condition.get("status")), scope).cel());
      for (String key : List.of("reason", "message")) {
        if (condition.get(key) instanceof String text) {
          own.put(key, texts.text(text, scope));
        } else if (condition.get(key) != null) {
          own.put(key, "${" + reportCel(condition.get(key)) + "}");
        }
      }
      conditions.put(type, own.size() == 1 ? own.get("status") : own);
      report.became(place, "spec.conditions." + type);
    } catch (Unconvertible e) {
      report.todo(place, e.getMessage());
    }
  }

  private String reportCel(Object value) {
    return UpstreamFiles.map(value).get("expression") instanceof String expression
        ? parameters.names().celOfReport(expression)
        : cel(value);
  }

  /** A value of a payload: an expression, a path, a text with actions, or a structure of them. */
  private String cel(Object value) {
    if (value instanceof String text) {
      return texts.term(text, scope).cel();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::cel).collect(Collectors.joining(", ", "[", "]"));
    }
    if (!(value instanceof Map<?, ?> map)) {
      return Term.literal(value);
    }
    var otherwise = map.get("default");
    if (map.get("expression") instanceof String expression) {
      var cel = parameters.names().cel(expression);
      return otherwise != null && PLAIN_PATH.matcher(cel).matches() ? optional(cel, otherwise) : cel;
    }
    if (map.get("field") instanceof String field) {
      var path = parameters.names().cel(field);
      return PLAIN_PATH.matcher(path).matches()
          ? optional(path, otherwise == null ? "" : otherwise)
          : parameters.path(field).cel();
    }
    return map.entrySet().stream()
        .map(entry -> Term.quoted(String.valueOf(entry.getKey())) + ": " + cel(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String optional(String path, Object otherwise) {
    return path.replace(".", ".?") + ".orValue(" + Term.literal(otherwise) + ")";
  }
}
