package io.hyperfleet.search;

import java.math.BigDecimal;
import java.util.List;

/**
 * A token of a search.
 *
 * @param text the word; keywords in lower case, strings without quotes
 * @param path parts of an identifier, else null
 * @param number value of a number, else null
 * @param pattern what a string means as a pattern: a backslash that was written before a wildcard or a backslash stays
 */
record Token(Type type, String text, List<String> path, BigDecimal number, String pattern, int position) {

  Token(Type type, String text, List<String> path, BigDecimal number, int position) {
    this(type, text, path, number, text, position);
  }

  enum Type {
    IDENTIFIER, KEYWORD, STRING, NUMBER, TIME, SYMBOL, END
  }

  static Token of(Type type, String text, int position) {
    return new Token(type, text, null, null, position);
  }

  static Token quoted(String text, String pattern, int position) {
    return new Token(Type.STRING, text, null, null, pattern, position);
  }

  boolean is(Type wanted, String word) {
    return type == wanted && text.equals(word);
  }

  /** How it is named in messages. */
  String shown() {
    return type == Type.END ? "the end" : "'" + text + "'";
  }
}
