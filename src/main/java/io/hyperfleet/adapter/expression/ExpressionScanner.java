package io.hyperfleet.adapter.expression;

/** Finds the end of the CEL in {@code ${...}}, taking CEL's strings, braces and comments into account. */
final class ExpressionScanner {

  private final String text;
  private int at;

  private ExpressionScanner(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /**
   * The index of the brace that closes the expression.
   *
   * @param start index after {@code ${} @return -1 when there is none
   */
  static int end(String text, int start) {
    return new ExpressionScanner(text, start).scan();
  }

  private int scan() {
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        string(c, isRaw(start));
      } else if (text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (c == '{') {
        depth++;
        at++;
      } else if (c == '}') {
        if (depth-- == 0) {
          return at;
        }
        at++;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** Whether a string that starts here has the prefix r, among r and b in any case and order. */
  private boolean isRaw(int start) {
    int from = at;
    while (from > start && Character.isJavaIdentifierPart(text.charAt(from - 1))) {
      from--;
    }
    String prefix = text.substring(from, at);
    return prefix.length() <= 2 && prefix.matches("[rR]|[rR][bB]|[bB][rR]");
  }

  private void string(char quote, boolean raw) {
    String close = text.startsWith(String.valueOf(quote).repeat(3), at)
        ? String.valueOf(quote).repeat(3)
        : String.valueOf(quote);
    at += close.length();
    while (at < text.length() && !text.startsWith(close, at)) {
      at += !raw && text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + close.length());
  }
}
