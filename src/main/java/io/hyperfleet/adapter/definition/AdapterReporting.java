package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelException;
import io.hyperfleet.cel.SharedBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an adapter adds to every report: its own conditions, and messages that replace the platform's.
 *
 * @param conditions evaluated for every report, also after failures
 * @param messages by the reason of the condition Available
 */
public record AdapterReporting(List<CustomCondition> conditions, Map<String, TemplateText> messages) {

  static final AdapterReporting NONE = new AdapterReporting(List.of(), Map.of());

  /**
   * The adapter's message for a reason, which can refer to the platform's as {@code report.message}, or else the
   * platform's.
   */
  public String message(String reason, String platform, Map<String, ?> variables) {
    var template = messages.get(reason);
    if (template == null) {
      return platform;
    }
    var seen = new HashMap<String, Object>(variables);
    seen.put(AdapterExpressions.REPORT, Map.of("message", platform == null ? "" : platform));
    try {
      return String.valueOf(template.render(seen));
    } catch (CelException | IllegalArgumentException e) {
      return platform;
    }
  }

  /**
   * The messages that cannot be evaluated for another reason than a missing value, and why; the platform's are reported
   * instead.
   */
  public List<String> failedMessages(Map<String, ?> variables) {
    var seen = new HashMap<String, Object>(variables);
    seen.put(AdapterExpressions.REPORT, Map.of("message", ""));
    List<String> failed = new ArrayList<>();
    messages.forEach((reason, template) -> {
      try {
        template.render(seen);
      } catch (CelEvaluationException e) {
        if (!ExpressionErrors.isAwaited(e)) {
          failed.add(ExpressionErrors.describe("message '" + reason + "'", e));
        }
      } catch (IllegalArgumentException e) {
        failed.add("spec.messages." + reason + ": " + e.getMessage());
      }
    });
    return failed;
  }

  /**
   * The platform's conditions, followed by the adapter's, which see the former as {@code report}.
   *
   * @param failed receives which of the adapter's cannot be evaluated, and why
   */
  public List<Map<String, Object>> complete(List<Map<String, Object>> platform, String message,
      Map<String, ?> variables,
      List<String> failed) {
    if (conditions.isEmpty()) {
      return platform;
    }
    var report = new LinkedHashMap<String, Object>();
    report.put("message", message == null ? "" : message);
    platform.forEach(condition -> report.put((String) condition.get("type"), condition));
    var seen = new HashMap<String, Object>(variables);
    seen.put(AdapterExpressions.REPORT, report);
    var all = new ArrayList<>(platform);
    try (var work = SharedBudget.begin()) {
      conditions.forEach(condition -> all.add(condition.evaluate(seen, failed)));
    }
    return all;
  }
}
