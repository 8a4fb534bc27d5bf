package io.hyperfleet.adapter.expression;

import io.hyperfleet.cel.CelCompileException;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.policy.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Text with {@code ${...}}. If the whole text is one expression, the value keeps its type; {@code $${} is {@code ${}.
 * Results of expressions are not evaluated again: values are not templates.
 */
public final class TemplateText {

  /** Thrown if a text cannot be compiled, with the reason. */
  public static final class InvalidTemplateException extends Exception {
    InvalidTemplateException(String message) {
      super(message);
    }
  }

  private static final String NO_TEXT = "cannot insert a list or a map into text; use toJson(...)";

  private final List<Object> parts;

  private TemplateText(List<Object> parts) {
    this.parts = parts;
  }

  /**
   * Compiles a text.
   *
   * @throws InvalidTemplateException with the expression and what is wrong with it
   */
  public static TemplateText compile(String text, CelEngine engine, Set<String> variables)
      throws InvalidTemplateException {
    List<Object> parts = new ArrayList<>();
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = ExpressionScanner.end(text, at + 2);
        if (end < 0) {
          throw new InvalidTemplateException("'${' without closing '}'; write $${ for a literal ${");
        }
        if (!literal.isEmpty()) {
          parts.add(literal.toString());
          literal.setLength(0);
        }
        parts.add(program(text.substring(at + 2, end), engine, variables));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    if (!literal.isEmpty() || parts.isEmpty()) {
      parts.add(literal.toString());
    }
    for (Object part : parts) {
      if (parts.size() > 1 && part instanceof CelProgram program && program.isListOrMap()) {
        throw new InvalidTemplateException("CEL '" + program.source() + "': " + NO_TEXT);
      }
    }
    return new TemplateText(List.copyOf(parts));
  }

  private static CelProgram program(String source, CelEngine engine, Set<String> variables)
      throws InvalidTemplateException {
    try {
      return engine.compile(source, variables);
    } catch (CelCompileException e) {
      throw new InvalidTemplateException(e.getMessage() + "; write $${ for a literal ${");
    }
  }

  public List<CelProgram> programs() {
    return parts.stream().filter(CelProgram.class::isInstance).map(CelProgram.class::cast).toList();
  }

  /** The same text, with its position in errors. */
  public TemplateText at(String place) {
    return new TemplateText(parts.stream().map(part -> part instanceof CelProgram program ? program.at(place) : part)
        .toList());
  }

  boolean isLiteral() {
    return programs().isEmpty();
  }

  /** The text if it is literal, otherwise a placeholder for its result. */
  public Object outline() {
    return isLiteral() ? parts.get(0) : parts.size() == 1 ? Unknown.VALUE : Unknown.TEXT;
  }

  /**
   * Renders the text.
   *
   * @throws io.hyperfleet.cel.CelEvaluationException when an expression has no result
   * @throws IllegalArgumentException when a value inside of a longer text is null, a list or a map
   */
  public Object render(Map<String, ?> variables) {
    if (parts.size() == 1) {
      return value(parts.get(0), variables);
    }
    var text = new StringBuilder();
    for (Object part : parts) {
      text.append(part instanceof String literal ? literal : text(value(part, variables)));
    }
    return text.toString();
  }

  private static Object value(Object part, Map<String, ?> variables) {
    return part instanceof CelProgram program ? program.evaluate(variables) : part;
  }

  private static String text(Object value) {
    if (value instanceof String || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
          : number.toString();
    }
    throw new IllegalArgumentException(value == null
        ? "cannot insert null into text; use .?key.orValue('')"
        : NO_TEXT);
  }
}
