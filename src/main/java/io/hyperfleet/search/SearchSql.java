package io.hyperfleet.search;

import io.hyperfleet.search.Expression.And;
import io.hyperfleet.search.Expression.Compare;
import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.IsNull;
import io.hyperfleet.search.Expression.Not;
import io.hyperfleet.search.Expression.Or;
import java.util.List;
import java.util.stream.Collectors;

/** Translates a search to SQL over {@code resources r}. */
final class SearchSql {

  private final Bindings bindings;

  SearchSql(Bindings bindings) {
    this.bindings = bindings;
  }

  String of(Expression expression) {
    return of(expression, false);
  }

  private String of(Expression expression, boolean negated) {
    if (expression instanceof And and) {
      return join(and.parts(), " and ", negated);
    }
    if (expression instanceof Or or) {
      return join(or.parts(), " or ", negated);
    }
    if (expression instanceof Not not) {
      return "not (" + of(not.part(), true) + ")";
    }
    var condition = nullsAsSuch((Condition) expression);
    var field = SearchField.of(condition.field());
    if (negated && !field.negatable()) {
      throw InvalidSearch.at(condition.field().position(), "not is not allowed before " + condition.field().name()
          + ", which may be absent; use != or is null");
    }
    return negated ? field.negatedSql(condition, bindings) : field.sql(condition, bindings);
  }

  private String join(List<Expression> parts, String word, boolean negated) {
    return parts.stream().map(part -> of(part, negated)).collect(Collectors.joining(word, "(", ")"));
  }

  /** {@code = null} is {@code is null}. */
  private static Condition nullsAsSuch(Condition condition) {
    if (condition instanceof Compare compare && compare.value().isNull()
        && (compare.operator() == Operator.EQUAL || compare.operator() == Operator.NOT_EQUAL)) {
      return new IsNull(compare.field(), compare.operator() == Operator.NOT_EQUAL);
    }
    return condition;
  }
}
