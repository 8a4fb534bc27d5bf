package io.hyperfleet.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lexer of searches. It supports HyperFleet's tree search language (backslash escapes in quotes, label keys with
 * dots and slashes, {@code ==}, sizes in either case), and also doubled quotes and names in backticks or brackets.
 */
final class SearchLexer {

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "between", "like", "ilike", "is", "null",
      "true", "false");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern LABEL_PART = Pattern.compile("[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)*");
  private static final Pattern NUMBER = Pattern
      .compile("(\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,2})?)([KMGTPkmgtp][iI]?)?");
  private static final Pattern SYMBOL = Pattern.compile("<=|>=|<>|!=|==|~=|~!|[=<>+\\-*/%()\\[\\],]");
  private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4, "P", 5);
  private static final Map<Character, Character> ESCAPED = Map.of('n', '\n', 't', '\t', 'r', '\r', 'b', '\b', 'f',
      '\f');
  private static final char BACKTICK = '`';
  private static final String LABELS = "labels";

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
      return quoted(c);
    }
    if (c == BACKTICK) {
      var content = quoted(c);
      return at < text.length() && text.charAt(at) == '.' ? identifier(content.text(), start) : content;
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
    boolean label = first.equals(LABELS);
    while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
      at += text.charAt(at) == '.' ? 1 : 0;
      path.add(part(label ? LABEL_PART : PART));
    }
    var parts = label && path.size() > 2
        ? List.of(first, String.join(".", path.subList(1, path.size())))
        : List.copyOf(path);
    return new Token(Token.Type.IDENTIFIER, String.join(".", path), parts, null, start);
  }

  /** A part of a name behind its dot: as it is, in backticks, or in brackets, where it may have quotes. */
  private String part(Pattern plain) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == BACKTICK) {
      return quoted(c).text();
    }
    if (c == '[') {
      return bracketed();
    }
    var part = match(plain);
    if (part == null) {
      throw InvalidSearch.at(at, "expected a name after the dot; put characters other than letters, digits and _ in "
          + "backticks");
    }
    return part.group();
  }

  private String bracketed() {
    int start = at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == '\'' || c == '"' || c == BACKTICK) {
      var content = quoted(c).text();
      if (at < text.length() && text.charAt(at) == ']') {
        at++;
        return content;
      }
    } else {
      int end = text.indexOf(']', at);
      if (end > at) {
        var content = storable(text.substring(at, end), at);
        at = end + 1;
        return content;
      }
    }
    throw InvalidSearch.at(start, "expected a name in brackets, such as labels[a-b]");
  }

  /** Text in quotes; inside, the quote itself is doubled or has a backslash before it. */
  private Token quoted(char quote) {
    int start = at++;
    var content = new StringBuilder();
    var pattern = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        boolean wildcard = escaped == '%' || escaped == '_' || escaped == '\\';
        char meant = ESCAPED.getOrDefault(escaped, escaped);
        content.append(meant);
        pattern.append(wildcard ? "\\" : "").append(meant);
      } else if (c != quote) {
        content.append(c);
        pattern.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        at++;
        content.append(quote);
        pattern.append(quote);
      } else {
        return Token.quoted(storable(content.toString(), start), pattern.toString(), start);
      }
    }
    throw InvalidSearch.at(start, "unterminated text");
  }

  private static String storable(String content, int position) {
    if (content.indexOf('\0') >= 0) {
      throw InvalidSearch.at(position, "U+0000 cannot be searched for");
    }
    return content;
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
      var suffix = number.group(2).toUpperCase(Locale.ROOT);
      var base = BigDecimal.valueOf(suffix.endsWith("I") ? 1024 : 1000);
      value = value.multiply(base.pow(POWERS.get(suffix.substring(0, 1))));
    }
    return endingHere(new Token(Token.Type.NUMBER, number.group(), null, value, start));
  }

  private Token endingHere(Token token) {
    if (at < text.length() && PART.matcher(text.substring(at, at + 1)).matches()) {
      throw InvalidSearch.at(token.position(), "neither a number nor a time; put text in quotes");
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
