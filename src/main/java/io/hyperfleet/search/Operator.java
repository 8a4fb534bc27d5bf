package io.hyperfleet.search;

import java.util.Arrays;

/** A comparison. */
enum Operator {
  EQUAL("="), NOT_EQUAL("<>"), LESS("<"), AT_MOST("<="), GREATER(">"), AT_LEAST(">=");

  private final String sql;

  Operator(String sql) {
    this.sql = sql;
  }

  /** The word in SQL, which is the search language's too. */
  String sql() {
    return sql;
  }

  /** The operator that a token means, or null. */
  static Operator of(String text) {
    return switch (text) {
      case "!=" -> NOT_EQUAL;
      case "==" -> EQUAL;
      default -> Arrays.stream(values()).filter(operator -> operator.sql.equals(text)).findFirst().orElse(null);
    };
  }

  /** The operator that means the same with its sides exchanged. */
  Operator mirrored() {
    return switch (this) {
      case LESS -> GREATER;
      case AT_MOST -> AT_LEAST;
      case GREATER -> LESS;
      case AT_LEAST -> AT_MOST;
      default -> this;
    };
  }
}
