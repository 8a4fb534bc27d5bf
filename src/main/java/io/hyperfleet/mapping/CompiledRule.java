package io.hyperfleet.mapping;

import io.hyperfleet.cel.CelCompileException;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.kind.ConditionRule;
import io.hyperfleet.status.MappedCondition;
import java.util.Map;
import java.util.Set;

/** A rule whose expressions are compiled. */
record CompiledRule(String type, CelProgram when, CelProgram status, CelProgram reason, CelProgram message) {

  static final String STATUSES = "statuses";
  static final String RESOURCE = "resource";

  private static final int LONGEST_REASON = 256;
  private static final int LONGEST_MESSAGE = 2048;

  /**
   * Compiles a rule.
   *
   * @param key of the rule in the configuration
   * @throws IllegalArgumentException that names the key of the expression that is wrong
   */
  static CompiledRule of(CelEngine engine, String key, ConditionRule rule) {
    var output = rule.output();
    return new CompiledRule(rule.type(),
        compile(engine, key + ".when", rule.when()),
        compile(engine, key + ".output.status", output.status()),
        compile(engine, key + ".output.reason", output.reason()),
        compile(engine, key + ".output.message", output.message()));
  }

  private static CelProgram compile(CelEngine engine, String key, String expression) {
    try {
      return expression == null ? null : engine.compile(expression, Set.of(STATUSES, RESOURCE));
    } catch (CelCompileException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /**
   * The condition, or null if the rule does not apply or its reason is too long.
   *
   * @throws CelEvaluationException when an expression fails, or does not give what it should
   */
  MappedCondition evaluate(Map<String, ?> variables) {
    if (!when.test(variables)) {
      return null;
    }
    var why = text(reason, variables);
    if (why != null && why.length() > LONGEST_REASON) {
      return null;
    }
    var words = text(message, variables);
    return new MappedCondition(type, holds(variables), why,
        words == null || words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE));
  }

  private boolean holds(Map<String, ?> variables) {
    var result = status.evaluate(variables);
    if (result instanceof String word && (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false"))) {
      return Boolean.parseBoolean(word);
    }
    return result instanceof Boolean holds ? holds : status.test(variables);
  }

  private static String text(CelProgram program, Map<String, ?> variables) {
    var value = program == null ? null : program.evaluate(variables);
    return value == null ? null : value.toString();
  }
}
