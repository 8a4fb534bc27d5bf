package io.hyperfleet.search;

import java.math.BigDecimal;
import java.util.List;

/**
 * A word of a search.
 *
 * @param text the word; keywords in lower case, strings without quotes
 * @param path parts of an identifier, else null
 * @param number value of a number, else null
 */
record Token(Type type, String text, List<String> path, BigDecimal number, int position) {

  enum Type {
    IDENTIFIER, KEYWORD, STRING, NUMBER, TIME, SYMBOL, END
  }

  static Token of(Type type, String text, int position) {
    return new Token(type, text, null, null, position);
  }

  boolean is(Type wanted, String word) {
    return type == wanted && text.equals(word);
  }

  /** How it is named in messages. */
  String shown() {
    return type == Type.END ? "the end" : "'" + text + "'";
  }
}
