package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelException;
import io.hyperfleet.cel.CelProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A custom condition of an adapter. It is Unknown if it cannot be evaluated, since values may be missing after a
 * failure.
 *
 * @param type type of the condition, in camel case
 * @param status yields true, false, or {@code 'True'}, {@code 'False'}, {@code 'Unknown'}; null is Unknown
 * @param reason a word for the status
 * @param message explanation for people
 */
record CustomCondition(String type, CelProgram status, Optional<TemplateText> reason, Optional<TemplateText> message) {

  private static final Pattern REASON = Pattern.compile("[A-Za-z][A-Za-z0-9_:]{0,99}");
  private static final String UNKNOWN = "Unknown";
  private static final Set<String> STATUSES = Set.of("True", "False", UNKNOWN);
  /** Describes a wrong result. */
  private static final String ALLOWED = "none of true, false, 'True', 'False' and 'Unknown'";

  /**
   * The condition to report.
   *
   * @param failed gets a text when the condition has no status for another reason than a key that is not there
   */
  Map<String, Object> evaluate(Map<String, ?> variables, List<String> failed) {
    try {
      var result = status(variables);
      var standard = switch (result) {
        case "True" -> "ConditionMet";
        case "False" -> "ConditionNotMet";
        default -> "ConditionUnknown";
      };
      return condition(result, reason.map(text -> text(text, variables))
          .filter(text -> REASON.matcher(text).matches()).orElse(standard),
          message.map(text -> text(text, variables)).orElse(""));
    } catch (CelEvaluationException e) {
      if (e.missingFrom().isEmpty()) {
        failed.add(ExpressionErrors.describe("condition " + type, e));
      }
      return condition(UNKNOWN, "EvaluationFailed", "Cannot be evaluated: " + e.getMessage());
    }
  }

  private String status(Map<String, ?> variables) {
    var result = status.evaluate(variables);
    if (result instanceof Boolean met) {
      return met ? "True" : "False";
    }
    if (result == null) {
      return UNKNOWN;
    }
    if (result instanceof String text && STATUSES.contains(text)) {
      return text;
    }
    throw status.noResult("the result is " + ALLOWED);
  }

  private static String text(TemplateText template, Map<String, ?> variables) {
    try {
      return String.valueOf(template.render(variables));
    } catch (CelException | IllegalArgumentException e) {
      return "";
    }
  }

  private Map<String, Object> condition(String result, String why, String text) {
    var condition = new LinkedHashMap<String, Object>();
    condition.put("type", type);
    condition.put("status", result);
    condition.put("reason", why);
    if (!text.isEmpty()) {
      condition.put("message", text);
    }
    return condition;
  }
}
