package io.hyperfleet.dryrun.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The adapter's preconditions. */
final class Preconditions {

  private final Parameters parameters;
  private final ImportReport report;
  private final Map<String, Object> conditions = new LinkedHashMap<>();

  Preconditions(Parameters parameters, ImportReport report) {
    this.parameters = parameters;
    this.report = report;
  }

  /** Name and CEL of each. */
  Map<String, Object> conditions() {
    return conditions;
  }

  void add(String name, String cel) {
    conditions.put(name, cel);
  }

  void read(Map<String, Object> precondition) {
    var name = UpstreamFiles.text(precondition.get("name"));
    var part = "preconditions." + name;
    if (precondition.get("api_call") instanceof Map<?, ?> call) {
      parameters.fetch(name, UpstreamFiles.map(call), UpstreamFiles.maps(precondition.get("capture")));
    }
    if (precondition.containsKey("log")) {
      report.became(part + ".log", "nothing: an event's steps are logged by the platform");
    }
    try {
      if (precondition.get("conditions") instanceof List<?> list) {
        var all = new ArrayList<String>();
        UpstreamFiles.maps(list).forEach(condition -> all.add(compared(condition)));
        become(part, name, String.join(" && ", all));
      } else if (precondition.get("expression") instanceof String expression) {
        become(part, name, parameters.names().cel(expression));
      }
    } catch (Unconvertible e) {
      report.todo(part, e.getMessage());
    }
  }

  private void become(String part, String name, String cel) {
    conditions.put(name, cel);
    report.became(part, "spec.preconditions, checked until the adapter is available at a generation");
  }

  private String compared(Map<String, Object> condition) {
    var field = parameters.path(UpstreamFiles.text(condition.get("field")));
    var value = condition.containsKey("values") ? condition.get("values") : condition.get("value");
    var wanted = Term.literal(value);
    return switch (UpstreamFiles.text(condition.get("operator"))) {
      case "equals" -> field.part() + " == " + wanted;
      case "notEquals" -> field.part() + " != " + wanted;
      case "in" -> field.part() + " in " + wanted;
      case "notIn" -> "!(" + field.part() + " in " + wanted + ")";
      case "contains" -> value instanceof String
          ? "(type(" + field.cel() + ") == string ? " + field.part() + ".contains(" + wanted + ") : " + wanted + " in "
              + field.part() + ")"
          : wanted + " in " + field.part();
      case "greaterThan" -> field.part() + " > " + wanted;
      case "greaterThanOrEqual" -> field.part() + " >= " + wanted;
      case "lessThan" -> field.part() + " < " + wanted;
      case "lessThanOrEqual" -> field.part() + " <= " + wanted;
      case "exists" -> "!(" + field.cel() + " in [null, '', [], {}])";
      case "notExists" -> field.cel() + " in [null, '', [], {}]";
      default -> throw new Unconvertible("the operator " + condition.get("operator") + " has no counterpart");
    };
  }
}
