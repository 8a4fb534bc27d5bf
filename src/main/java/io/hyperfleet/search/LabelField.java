package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.IsNull;

/** A label. A resource without it is found by {@code is null} only. */
record LabelField(String key) implements SearchField {

  @Override
  public String sql(Condition condition, Bindings bindings) {
    boolean absent = condition instanceof IsNull isNull && !isNull.negated();
    var labels = "(select l.resource_id from resource_labels l where l.key = " + bindings.bind(key);
    return "r.id " + (absent ? "not in " : "in ") + labels
        + (condition instanceof IsNull ? "" : " and " + Predicate.sql(condition, "l.value", ValueType.TEXT, bindings))
        + ")";
  }

  @Override
  public boolean negatable() {
    return false;
  }
}
