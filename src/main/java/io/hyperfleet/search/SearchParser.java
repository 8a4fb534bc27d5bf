package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * The parser of searches: parentheses bind strongest, then comparisons, {@code not}, {@code and}, {@code or}. Up to 50
 * nested parentheses and {@code not}, and up to 100 conditions.
 */
final class SearchParser {

  private static final int DEEPEST = 50;
  private static final int MOST_CONDITIONS = 100;
  private static final String OPERATORS = "=, !=, <, <=, >, >=, in, between, like, ilike, is null";

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int conditions;

  SearchParser(String text) {
    this.tokens = new SearchLexer(text).tokens();
  }

  Expression parse() {
    var expression = or();
    if (peek().type() != Token.Type.END) {
      throw unexpected("and, or, or the end");
    }
    return expression;
  }

  private Expression or() {
    var parts = new ArrayList<>(List.of(and()));
    while (accept(Token.Type.KEYWORD, "or")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Or(parts);
  }

  private Expression and() {
    var parts = new ArrayList<>(List.of(not()));
    while (accept(Token.Type.KEYWORD, "and")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.And(parts);
  }

  private Expression not() {
    int position = peek().position();
    if (accept(Token.Type.KEYWORD, "not")) {
      deeper(position);
      var part = not();
      depth--;
      return new Expression.Not(part, position);
    }
    if (!operandAhead() && accept(Token.Type.SYMBOL, "(")) {
      deeper(position);
      var inner = or();
      depth--;
      expect(")");
      return inner;
    }
    if (++conditions > MOST_CONDITIONS) {
      throw InvalidSearch.at(position, "there may be at most " + MOST_CONDITIONS + " conditions");
    }
    return condition();
  }

  /** Whether the parentheses that begin here hold one side of a comparison, such as {@code (name) = 'a'}. */
  private boolean operandAhead() {
    int open = at;
    while (tokens.get(open).is(Token.Type.SYMBOL, "(")) {
      open++;
    }
    int close = open + 1;
    while (close < tokens.size() && close - open <= open - at && tokens.get(close).is(Token.Type.SYMBOL, ")")) {
      close++;
    }
    return open > at && close - open - 1 == open - at;
  }

  private void deeper(int position) {
    if (++depth > DEEPEST) {
      throw InvalidSearch.at(position, "nesting must be at most " + DEEPEST + " deep");
    }
  }

  private Expression condition() {
    if (first().type() != Token.Type.IDENTIFIER) {
      var value = literal();
      var operator = operator();
      return new Expression.Compare(field(), operator.mirrored(), value);
    }
    var field = field();
    int position = peek().position();
    if (accept(Token.Type.KEYWORD, "is")) {
      boolean negated = accept(Token.Type.KEYWORD, "not");
      if (!accept(Token.Type.KEYWORD, "null")) {
        throw unexpected("null or not null");
      }
      return new Expression.IsNull(field, negated);
    }
    if (accept(Token.Type.KEYWORD, "not")) {
      return new Expression.Not(range(field), position);
    }
    if (peek().type() == Token.Type.KEYWORD) {
      return range(field);
    }
    return new Expression.Compare(field, operator(), literal());
  }

  /** The next word that is no parenthesis. */
  private Token first() {
    int first = at;
    while (tokens.get(first).is(Token.Type.SYMBOL, "(")) {
      first++;
    }
    return tokens.get(first);
  }

  private Expression range(Field field) {
    if (accept(Token.Type.KEYWORD, "in")) {
      return new Expression.In(field, list());
    }
    if (accept(Token.Type.KEYWORD, "between")) {
      var low = literal();
      if (!accept(Token.Type.KEYWORD, "and")) {
        throw unexpected("and");
      }
      return new Expression.Between(field, low, literal());
    }
    boolean ignoreCase = peek().is(Token.Type.KEYWORD, "ilike");
    if (ignoreCase || peek().is(Token.Type.KEYWORD, "like")) {
      at++;
      return new Expression.Like(field, literal(), ignoreCase);
    }
    throw unexpected("an operator: " + OPERATORS);
  }

  private List<Literal> list() {
    if (!accept(Token.Type.SYMBOL, "[")) {
      expect("(");
      var values = new ArrayList<>(List.of(literal()));
      while (accept(Token.Type.SYMBOL, ",")) {
        values.add(literal());
      }
      expect(")");
      return values;
    }
    var values = new ArrayList<Literal>();
    while (!accept(Token.Type.SYMBOL, "]")) {
      values.add(literal());
      if (!accept(Token.Type.SYMBOL, ",")) {
        expect("]");
        break;
      }
    }
    return values;
  }

  private Field field() {
    int position = peek().position();
    if (accept(Token.Type.SYMBOL, "(")) {
      deeper(position);
      var field = field();
      depth--;
      expect(")");
      return field;
    }
    var token = peek();
    if (token.type() != Token.Type.IDENTIFIER) {
      throw unexpected("a field on one side of the comparison");
    }
    at++;
    return new Field(token.path(), token.position());
  }

  private Operator operator() {
    var operator = peek().type() == Token.Type.SYMBOL ? Operator.of(peek().text()) : null;
    if (operator == null) {
      if (peek().type() == Token.Type.SYMBOL && !"()[],".contains(peek().text())) {
        throw InvalidSearch.at(peek().position(),
            "unsupported comparison operator '" + peek().text() + "'; allowed: "
                + OPERATORS + (peek().text().equals("-") ? "; put a name with - in backticks" : ""));
      }
      throw unexpected("an operator: " + OPERATORS);
    }
    at++;
    return operator;
  }

  private Literal literal() {
    var token = peek();
    if (accept(Token.Type.SYMBOL, "(")) {
      deeper(token.position());
      var value = literal();
      depth--;
      expect(")");
      return value;
    }
    if (token.is(Token.Type.SYMBOL, "-") || token.is(Token.Type.SYMBOL, "+")) {
      at++;
      deeper(token.position());
      var value = literal();
      depth--;
      if (value.type() != Literal.Type.NUMBER) {
        throw InvalidSearch.at(value.position(), "expected a number after " + token.text());
      }
      return token.text().equals("-") ? value.negated() : value;
    }
    at++;
    return switch (token.type()) {
      case STRING -> Literal.text(token);
      case NUMBER -> new Literal(Literal.Type.NUMBER, token.text(), token.number(), token.position());
      case TIME -> new Literal(Literal.Type.TIME, token.text(), null, token.position());
      case KEYWORD -> Literal.keyword(token);
      default -> throw Literal.missing(token);
    };
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(Token.Type type, String text) {
    if (peek().is(type, text)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!accept(Token.Type.SYMBOL, symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  private RuntimeException unexpected(String wanted) {
    return InvalidSearch.at(peek().position(), "expected " + wanted + ", not " + peek().shown());
  }
}
