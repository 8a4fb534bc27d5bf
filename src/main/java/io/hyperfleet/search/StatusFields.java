package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Compare;
import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.Field;
import io.hyperfleet.search.Expression.In;
import io.hyperfleet.status.Phase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The searchable fields of a resource's status. */
final class StatusFields {

  private static final Pattern TYPE = Pattern.compile("[A-Z][a-zA-Z0-9]*");
  private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");

  private StatusFields() {}

  /** The field behind {@code status.}, or null. */
  static SearchField of(Field field, List<String> rest) {
    if (rest.size() == 1) {
      return switch (rest.get(0)) {
        case "phase" -> new PhaseField();
        case "observed_generation" -> new ColumnField("r.status_observed_generation", ValueType.NUMBER);
        case "last_updated_time" -> new ColumnField("r.status_last_updated_time", ValueType.TIME);
        case "last_transition_time" -> new ColumnField("r.status_last_transition_time", ValueType.TIME);
        default -> null;
      };
    }
    if (rest.isEmpty() || rest.size() > 3 || !rest.get(0).equals("conditions")) {
      return null;
    }
    if (!TYPE.matcher(rest.get(1)).matches()) {
      throw InvalidSearch.at(field.position(),
          "a condition's type must start with a capital letter and contain only letters and digits");
    }
    return rest.size() == 2 ? new ConditionField(rest.get(1)) : ConditionPart.of(rest.get(1), rest.get(2));
  }

  private record PhaseField() implements SearchField {

    @Override
    public String sql(Condition condition, Bindings bindings) {
      boolean equality = condition instanceof Compare compare
          && (compare.operator() == Operator.EQUAL || compare.operator() == Operator.NOT_EQUAL);
      if (!equality && !(condition instanceof In)) {
        throw InvalidSearch.at(condition.field().position(), "status.phase only supports =, != and in");
      }
      if (condition instanceof In in && in.values().isEmpty()) {
        return "false";
      }
      var phases = Predicate.literals(condition).stream().map(PhaseField::phase).toList();
      return "r.phase " + (condition instanceof Compare compare ? compare.operator().sql() : "in")
          + " (" + bindings.bind(phases) + ")";
    }

    private static String phase(Literal literal) {
      var phase = Phase.of(literal.text());
      if (phase == null) {
        throw InvalidSearch.at(literal.position(), "a phase must be Ready or NotReady; Validated is an alias of Ready");
      }
      return phase.word();
    }
  }

  private record ConditionField(String type) implements SearchField {

    @Override
    public String sql(Condition condition, Bindings bindings) {
      if (!(condition instanceof Compare compare && compare.operator() == Operator.EQUAL)) {
        throw InvalidSearch.at(condition.field().position(), "a condition only supports =");
      }
      if (!STATUSES.contains(compare.value().text())) {
        throw InvalidSearch.at(compare.value().position(), "a condition's status must be 'True', 'False' or 'Unknown'");
      }
      return "r.id in (select c.resource_id from resource_conditions c where c.type = " + bindings.bind(type)
          + " and c.status = " + bindings.bind(compare.value().text()) + ")";
    }

    @Override
    public boolean negatable() {
      return false;
    }
  }

  private record ConditionPart(String type, String column, ValueType valueType) implements SearchField {

    static ConditionPart of(String type, String part) {
      return switch (part) {
        case "last_updated_time", "last_transition_time" -> new ConditionPart(type, "c." + part, ValueType.TIME);
        case "observed_generation" -> new ConditionPart(type, "c.observed_generation", ValueType.GENERATION);
        default -> null;
      };
    }

    @Override
    public String sql(Condition condition, Bindings bindings) {
      if (!(condition instanceof Compare)) {
        throw InvalidSearch.at(condition.field().position(),
            "fields of a condition only support =, !=, <, <=, > and >=");
      }
      return "r.id in (select c.resource_id from resource_conditions c where c.type = " + bindings.bind(type)
          + " and " + Predicate.sql(condition, column, valueType, bindings) + ")";
    }

    @Override
    public boolean negatable() {
      return false;
    }
  }
}
