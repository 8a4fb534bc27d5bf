package io.hyperfleet.cel;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.support.ExpressionSupport;

/** A compiled expression of {@link CelLanguage}. */
final class CelExpression extends ExpressionSupport {

  private static final String BODY = "body";
  private static final String ERROR = "error";

  private final CelProgram program;

  CelExpression(CelProgram program) {
    this.program = program;
  }

  @Override
  public <T> T evaluate(Exchange exchange, Class<T> type) {
    try {
      Object value = program.evaluate(variables(exchange));
      return exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
    } catch (CelEvaluationException e) {
      throw failure(exchange, e);
    }
  }

  @Override
  public boolean matches(Exchange exchange) {
    try {
      return program.test(variables(exchange));
    } catch (CelEvaluationException e) {
      throw failure(exchange, e);
    }
  }

  private ExpressionEvaluationException failure(Exchange exchange, CelEvaluationException e) {
    return new ExpressionEvaluationException(this, this + ": " + e.getMessage(), exchange, e.in(step(exchange)));
  }

  /** The step of the route: {@code approval.camel.yaml:59}. */
  private static String step(Exchange exchange) {
    var source = exchange.getExchangeExtension().getHistoryNodeSource();
    // Camel omits the file's extension.
    return source == null ? null : source.replace(".camel:", ".camel.yaml:");
  }

  private Map<String, Object> variables(Exchange exchange) {
    Map<String, Object> variables = new HashMap<>();
    for (String name : program.variables()) {
      if (exchange.hasVariables() && exchange.getVariables().containsKey(name)) {
        variables.put(name, exchange.getVariables().get(name));
      } else if (name.equals(BODY) && CelInput.isData(exchange.getMessage().getBody())) {
        variables.put(BODY, exchange.getMessage().getBody());
      } else if (name.equals(ERROR)) {
        variables.put(ERROR, CelError.of(exchange));
      }
    }
    return variables;
  }

  @Override
  protected String assertionFailureMessage(Exchange exchange) {
    return toString();
  }

  @Override
  public String toString() {
    return "cel{" + CelException.shorten(program.source()) + "}";
  }
}
