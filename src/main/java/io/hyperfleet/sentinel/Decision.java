package io.hyperfleet.sentinel;

import io.hyperfleet.cel.CelCompileException;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides by an operator's expressions whether a resource gets an event. Their variables are {@code resource}, as
 * returned by the API, {@code now}, the API's time of the list, {@code event} (generation, phase, attempt, reason,
 * next_event_time) and the params before them. A failed expression means no event.
 */
final class Decision {

  private static final String EVALUATION_FAILED = " evaluation failed: ";
  private static final Set<String> VARIABLES = Set.of("resource", "now", "event");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final Map<String, CelProgram> params = new LinkedHashMap<>();
  private final CelProgram result;

  /**
   * The result.
   *
   * @param failure the failure, or null
   */
  record Verdict(boolean publish, String failure) {}

  private Decision(CelEngine engine, String key, DecisionProperties properties) {
    var names = new TreeSet<>(VARIABLES);
    for (int i = 0; i < properties.params().size(); i++) {
      var param = properties.params().get(i);
      var at = key + ".params[" + i + "]";
      if (!NAME.matcher(param.name()).matches() || names.contains(param.name())) {
        throw new IllegalArgumentException(at + ".name: '" + param.name()
            + "' must be an unused name of letters, digits and '_'; already used: " + String.join(", ", names));
      }
      params.put(param.name(), compile(engine, at + ".expr", param.expr(), names));
      names.add(param.name());
    }
    result = compile(engine, key + ".result", properties.result(), names);
  }

  /**
   * Compiles a decision.
   *
   * @param key where its properties stand, for messages
   * @throws IllegalArgumentException when an expression is wrong; the message says which
   */
  static Decision of(CelEngine engine, String key, DecisionProperties properties) {
    return new Decision(engine, key, properties);
  }

  private static CelProgram compile(CelEngine engine, String key, String expression, Set<String> variables) {
    try {
      return engine.compile(expression, variables);
    } catch (CelCompileException e) {
      throw new IllegalArgumentException(key + ": '" + expression + "': " + e.getMessage(), e);
    }
  }

  Verdict decide(Map<String, Object> resource, Map<String, Object> event, Instant now) {
    var variables = new HashMap<String, Object>(Map.of("resource", resource, "event", event, "now", now));
    for (var param : params.entrySet()) {
      try {
        variables.put(param.getKey(), param.getValue().evaluate(variables));
      } catch (CelEvaluationException e) {
        return new Verdict(false, "param \"" + param.getKey() + "\"" + EVALUATION_FAILED + e.getMessage());
      }
    }
    try {
      return new Verdict(result.test(variables), null);
    } catch (CelEvaluationException e) {
      return new Verdict(false, "result" + EVALUATION_FAILED + e.getMessage());
    }
  }
}
