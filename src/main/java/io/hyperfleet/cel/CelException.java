package io.hyperfleet.cel;

/**
 * An expression that cannot be compiled or evaluated. Messages are short, name a position in the expression where there
 * is one, and never hold values of the data that the expression read.
 */
public abstract class CelException extends RuntimeException {

  private static final int SHOWN = 120;

  private final String expression;

  CelException(String expression, String message) {
    super(message);
    this.expression = expression;
  }

  /** The source of the expression, shortened to 120 characters. */
  public String expression() {
    return shorten(expression);
  }

  /** A source of CEL as messages show it: in one line, of 120 characters at most. */
  public static String shortened(String source) {
    return shorten(source);
  }

  static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
  }
}
