package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Condition;

/** A column of resources. */
record ColumnField(String column, ValueType type) implements SearchField {

  @Override
  public String sql(Condition condition, Bindings bindings) {
    boolean asText = type == ValueType.ID && (condition instanceof Expression.Like
        || Predicate.literals(condition).stream().anyMatch(literal -> type.convert(literal) == null));
    return asText
        ? Predicate.sql(condition, column + "::text", ValueType.TEXT, bindings)
        : Predicate.sql(condition, column, type, bindings);
  }
}
