package io.hyperfleet.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.ConditionMapping;
import io.hyperfleet.status.MappedCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The condition rules of all kinds, compiled at the start. A rule that fails for a resource creates no condition; the
 * report is stored all the same.
 */
@Component
@ConditionalOnRole(Role.API)
class ConditionRules implements ConditionMapping {

  private static final Logger LOG = LoggerFactory.getLogger(ConditionRules.class);

  private final ObjectMapper json;
  private final Map<String, List<CompiledRule>> byKind = new HashMap<>();

  ConditionRules(Kinds kinds, CelEngine engine, ObjectMapper json) {
    this.json = json;
    kinds.all().forEach(kind -> byKind.put(kind.name(), compile(engine, kind)));
  }

  private static List<CompiledRule> compile(CelEngine engine, Kind kind) {
    var rules = new ArrayList<CompiledRule>();
    for (int i = 0; i < kind.conditions().size(); i++) {
      rules.add(CompiledRule.of(
          engine, "hyperfleet.kinds." + kind.plural() + ".conditions[" + i + "]", kind.conditions().get(i)));
    }
    return rules;
  }

  @Override
  public List<MappedCondition> map(Kind kind, ObjectNode resource, Collection<AdapterStatus> reports) {
    var variables = Map.of(
        CompiledRule.STATUSES, reports.stream().filter(AdapterStatus::definite)
            .sorted(Comparator.comparing(AdapterStatus::adapter)).map(this::plain).toList(),
        CompiledRule.RESOURCE, plain(resource));
    var conditions = new ArrayList<MappedCondition>();
    for (CompiledRule rule : byKind.get(kind.name())) {
      try {
        var condition = rule.evaluate(variables);
        if (condition != null) {
          conditions.add(condition);
        }
      } catch (CelEvaluationException e) {
        LOG.warn("no condition {} of {} {}: {}", rule.type(), kind.name(), resource.path("id").asText(),
            FailureMessage.of(e));
      }
    }
    return conditions;
  }

  private Object plain(Object value) {
    return Masking.mask(json.convertValue(value, Object.class));
  }
}
