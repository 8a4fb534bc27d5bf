package io.hyperfleet.cel;

/** An expression that does not compile: wrong syntax, an unknown name or function, a wrong type, or too large. */
public class CelCompileException extends CelException {

  private final int line;
  private final int column;
  private final String reason;

  CelCompileException(String expression, int line, int column, String reason) {
    super(expression, "CEL '%s', %scolumn %d: %s".formatted(
        shorten(expression), line > 1 ? "line " + line + ", " : "", column, reason));
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** Line within the expression, from 1. */
  public int line() {
    return line;
  }

  /** Column within that line, from 1. */
  public int column() {
    return column;
  }

  /** The problem and what is allowed, without the expression. */
  public String reason() {
    return reason;
  }
}
