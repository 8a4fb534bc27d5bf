package io.hyperfleet.cel;

/**
 * An expression that cannot be compiled or evaluated. Messages are short, name the position in the expression if known,
 * and never contain values of the data.
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

  /** CEL source for messages: on one line, at most 120 characters. */
  public static String shortened(String source) {
    return shorten(source);
  }

  static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
  }
}
