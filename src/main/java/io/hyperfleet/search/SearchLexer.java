package io.hyperfleet.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a search into words. */
final class SearchLexer {

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "between", "like", "ilike", "is", "null",
      "true", "false");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern NUMBER = Pattern
      .compile("(\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,2})?)([KMGTP]i?)?");
  private static final Pattern SYMBOL = Pattern.compile("<=|>=|<>|!=|~=|~!|[=<>+\\-*/%()\\[\\],]");
  private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4, "P", 5);
  private static final char BACKTICK = '`';

  private final String text;
  private int at;

  SearchLexer(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    var tokens = new ArrayList<Token>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(Token.of(Token.Type.END, "", at));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    char c = text.charAt(at);
    int start = at;
    if (c == '\'' || c == '"') {
      return Token.of(Token.Type.STRING, quoted(c), start);
    }
    if (c == BACKTICK) {
      var content = quoted(c);
      return at < text.length() && text.charAt(at) == '.'
          ? identifier(content, start)
          : Token.of(Token.Type.STRING, content, start);
    }
    if (c >= '0' && c <= '9') {
      return number();
    }
    var name = match(NAME);
    if (name != null) {
      var word = name.group().toLowerCase(Locale.ROOT);
      boolean dotted = at < text.length() && text.charAt(at) == '.';
      return !dotted && KEYWORDS.contains(word)
          ? Token.of(Token.Type.KEYWORD, word, start)
          : identifier(name.group(), start);
    }
    var symbol = match(SYMBOL);
    if (symbol == null) {
      throw InvalidSearch.at(at, "unexpected character '" + (Character.isISOControl(c) ? "control" : c) + "'");
    }
    return Token.of(Token.Type.SYMBOL, symbol.group(), start);
  }

  private Token identifier(String first, int start) {
    var path = new ArrayList<>(List.of(first));
    while (at < text.length() && text.charAt(at) == '.') {
      at++;
      path.add(part());
    }
    return new Token(Token.Type.IDENTIFIER, String.join(".", path), List.copyOf(path), null, start);
  }

  private String part() {
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == BACKTICK) {
      return quoted(c);
    }
    if (c == '[') {
      int end = text.indexOf(']', at);
      if (end > at + 1) {
        var content = text.substring(at + 1, end);
        at = end + 1;
        return content;
      }
    }
    var part = match(PART);
    if (part == null) {
      throw InvalidSearch.at(at, "a name must follow the dot; other characters than letters, digits and _ go into "
          + "backticks");
    }
    return part.group();
  }

  /** Text in quotes; the quote itself is doubled inside. */
  private String quoted(char quote) {
    int start = at++;
    var content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        if (c == '\0') {
          throw InvalidSearch.at(at - 1, "U+0000 cannot be searched for");
        }
        content.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        content.append(text.charAt(at++));
      } else {
        return content.toString();
      }
    }
    throw InvalidSearch.at(start, "the text that begins here has no end");
  }

  private Token number() {
    int start = at;
    var time = match(Literal.TIME);
    if (time != null) {
      return endingHere(Token.of(Token.Type.TIME, time.group(), start));
    }
    var number = match(NUMBER);
    var value = new BigDecimal(number.group(1));
    if (number.group(2) != null) {
      var base = BigDecimal.valueOf(number.group(2).endsWith("i") ? 1024 : 1000);
      value = value.multiply(base.pow(POWERS.get(number.group(2).substring(0, 1))));
    }
    return endingHere(new Token(Token.Type.NUMBER, number.group(), null, value, start));
  }

  private Token endingHere(Token token) {
    if (at < text.length() && PART.matcher(text.substring(at, at + 1)).matches()) {
      throw InvalidSearch.at(token.position(), "neither a number nor a time; put text into quotes");
    }
    return token;
  }

  private Matcher match(Pattern pattern) {
    var matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }
}
