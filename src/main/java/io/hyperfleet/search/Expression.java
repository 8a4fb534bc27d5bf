package io.hyperfleet.search;

import java.util.List;

/** A parsed search. */
sealed interface Expression {

  record And(List<Expression> parts) implements Expression {}

  record Or(List<Expression> parts) implements Expression {}

  record Not(Expression part, int position) implements Expression {}

  /** A condition on one field. */
  sealed interface Condition extends Expression {
    Field field();
  }

  record Compare(Field field, Operator operator, Literal value) implements Condition {}

  record In(Field field, List<Literal> values) implements Condition {}

  record Between(Field field, Literal low, Literal high) implements Condition {}

  record Like(Field field, Literal pattern, boolean ignoreCase) implements Condition {}

  record IsNull(Field field, boolean negated) implements Condition {}

  /**
   * A field as it was written.
   *
   * @param path its parts, never empty
   */
  record Field(List<String> path, int position) {

    String first() {
      return path.get(0);
    }

    String name() {
      return String.join(".", path);
    }
  }
}
