package io.hyperfleet.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterCondition;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.dryrun.Trace.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates a condition, and lists the values that it depends on. */
final class PredicateCheck {

  private static final int SHOWN = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CelEngine engine;
  private final Map<String, Object> variables;

  PredicateCheck(CelEngine engine, Map<String, Object> variables) {
    this.engine = engine;
    this.variables = variables;
  }

  List<Checked> check(List<AdapterCondition> conditions) {
    return conditions.stream().map(condition -> check(condition.name(), condition.program())).toList();
  }

  static List<Checked> notAsked(List<AdapterCondition> conditions) {
    return conditions.stream()
        .map(one -> new Checked(one.name(), one.program().source(), Checked.NOT_ASKED, List.of())).toList();
  }

  private Checked check(String name, CelProgram program) {
    List<String> why = new ArrayList<>();
    String result;
    try {
      result = program.test(variables) ? Checked.MET : Checked.NOT_MET;
    } catch (CelEvaluationException e) {
      result = AdapterCondition.isAwaited(e) ? Checked.NOT_MET : Checked.ERROR;
      why.add(e.getMessage());
    }
    why.addAll(values(program.source()));
    return new Checked(name, program.source(), result, why);
  }

  private List<String> values(String source) {
    return engine.paths(source).stream()
        .filter(path -> variables.containsKey(path.split("[.\\[]", 2)[0]))
        .map(path -> path + " is " + value(path)).toList();
  }

  private String value(String path) {
    try {
      Object value = engine.compile(path).evaluate(variables);
      if (value == null) {
        return "absent";
      }
      var text = JSON.writeValueAsString(value);
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    } catch (CelException | JsonProcessingException e) {
      return "absent";
    }
  }
}
