package io.hyperfleet.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.search.Expression.Compare;
import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.In;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value inside a spec. Equality asks for documents that contain the value, which an index answers. Numbers without
 * quotes are compared as numbers, also with text that is one; everything else as text.
 */
record SpecField(List<String> path) implements SearchField {

  private static final Pattern JSON_SCALAR = Pattern.compile("true|false|-?(0|[1-9][0-9]{0,29})(\\.[0-9]{1,30})?");
  private static final String IS_NUMBER = " ~ '^-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?$'";

  @Override
  public String sql(Condition condition, Bindings bindings) {
    var literals = Predicate.literals(condition);
    boolean equality = condition instanceof In
        || condition instanceof Compare compare && compare.operator() == Operator.EQUAL;
    if (equality && !literals.isEmpty() && literals.stream().noneMatch(Literal::isNull)) {
      return literals.stream().map(literal -> contains(literal, bindings))
          .collect(Collectors.joining(" or ", "(", ")"));
    }
    return compared(condition, bindings);
  }

  /** A document that has no such value does not contain it, which says nothing about the value: it is compared. */
  @Override
  public String negatedSql(Condition condition, Bindings bindings) {
    return condition instanceof In in && !in.values().isEmpty()
        ? in.values().stream()
            .map(value -> compared(new Compare(in.field(), Operator.EQUAL, value), bindings))
            .collect(Collectors.joining(" or ", "(", ")"))
        : compared(condition, bindings);
  }

  private String compared(Condition condition, Bindings bindings) {
    var literals = Predicate.literals(condition);
    var value = "(r.spec #>> " + keys(bindings) + ")";
    boolean numeric = !literals.isEmpty() && literals.stream().allMatch(one -> one.type() == Literal.Type.NUMBER);
    return numeric
        ? Predicate.sql(condition, "(case when " + value + IS_NUMBER + " then " + value + "::numeric end)",
            ValueType.NUMBER, bindings)
        : Predicate.sql(condition, value, ValueType.TEXT, bindings);
  }

  private String keys(Bindings bindings) {
    return bindings.bind(path.toArray(String[]::new)) + "::text[]";
  }

  private String contains(Literal literal, Bindings bindings) {
    var found = candidates(literal).stream()
        .map(candidate -> "r.spec @> " + bindings.bind(document(candidate)) + "::jsonb")
        .collect(Collectors.joining(" or ", "(", ")"));
    return literal.type() == Literal.Type.NUMBER
        ? found
        : "(" + found + " and r.spec #>> " + keys(bindings) + " = " + bindings.bind(literal.text()) + ")";
  }

  /** The JSON values that read like the literal. */
  private static List<JsonNode> candidates(Literal literal) {
    var json = JsonNodeFactory.withExactBigDecimals(true);
    var candidates = new ArrayList<JsonNode>(List.of(json.textNode(literal.text())));
    if (literal.type() == Literal.Type.NUMBER) {
      candidates.add(json.numberNode(literal.number()));
    } else if (literal.type() == Literal.Type.BOOLEAN || JSON_SCALAR.matcher(literal.text()).matches()) {
      candidates.add(Character.isLetter(literal.text().charAt(0))
          ? json.booleanNode(literal.text().equals("true"))
          : json.numberNode(new BigDecimal(literal.text())));
    }
    return candidates;
  }

  private String document(JsonNode value) {
    var document = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      document = JsonNodeFactory.instance.objectNode().set(path.get(i), document);
    }
    return document.toString();
  }
}
