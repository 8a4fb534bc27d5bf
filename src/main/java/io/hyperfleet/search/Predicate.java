package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Between;
import io.hyperfleet.search.Expression.Compare;
import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.In;
import io.hyperfleet.search.Expression.IsNull;
import io.hyperfleet.search.Expression.Like;
import java.util.List;

/** A condition on one SQL value. */
final class Predicate {

  private static final int MOST_WILDCARDS = 10;

  private Predicate() {}

  /**
   * The condition as SQL.
   *
   * @param value SQL of the value, made by this package only
   */
  static String sql(Condition condition, String value, ValueType type, Bindings bindings) {
    var field = condition.field();
    if (condition instanceof Compare compare) {
      return value + " " + compare.operator().sql() + " " + bindings.bind(type.require(field, compare.value()));
    }
    if (condition instanceof In in && in.values().isEmpty()) {
      return "false";
    }
    if (condition instanceof In in) {
      return value + " in (" + bindings.bind(in.values().stream().map(item -> type.require(field, item)).toList())
          + ")";
    }
    if (condition instanceof Between between) {
      return value + " between " + bindings.bind(type.require(field, between.low())) + " and "
          + bindings.bind(type.require(field, between.high()));
    }
    if (condition instanceof Like like) {
      if (type != ValueType.TEXT) {
        throw InvalidSearch.at(field.position(), "like requires text, " + field.name() + " is not text");
      }
      return value + (like.ignoreCase() ? " ilike " : " like ") + bindings.bind(pattern(like.pattern()));
    }
    return value + (((IsNull) condition).negated() ? " is not null" : " is null");
  }

  /** All values that a condition compares with. */
  static List<Literal> literals(Condition condition) {
    if (condition instanceof Compare compare) {
      return List.of(compare.value());
    }
    if (condition instanceof In in) {
      return in.values();
    }
    if (condition instanceof Between between) {
      return List.of(between.low(), between.high());
    }
    return condition instanceof Like like ? List.of(like.pattern()) : List.of();
  }

  /** A pattern that PostgreSQL takes, and that it can match in reasonable time. */
  private static String pattern(Literal literal) {
    var text = literal.pattern();
    int wildcards = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && ++i == text.length()) {
        throw InvalidSearch.at(literal.position(), "a pattern must not end with a backslash");
      }
      wildcards += text.charAt(i) == '%' ? 1 : 0;
    }
    if (literal.type() != Literal.Type.TEXT || wildcards > MOST_WILDCARDS) {
      throw InvalidSearch.at(literal.position(),
          "a pattern must be quoted text of at most " + MOST_WILDCARDS + " %");
    }
    return text;
  }
}
