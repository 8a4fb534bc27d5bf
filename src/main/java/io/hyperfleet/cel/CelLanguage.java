package io.hyperfleet.cel;

import java.time.Duration;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.Predicate;
import org.apache.camel.support.LanguageSupport;
import org.springframework.stereotype.Component;

/**
 * CEL as a language of Camel routes: {@code language: {language: cel, expression: "..."}}.
 *
 * <p>An expression sees the exchange's variables by their names, {@code body} when the body is data (a map, list, text,
 * number or boolean), and {@code error.code}, {@code error.reason} and {@code error.refused} of the answer that failed
 * the exchange; no headers. It is compiled when the route is loaded. An unknown variable fails the exchange instead of
 * being false, so that typing errors show. Route authors are trusted: their expressions may take up to 5 s, longer than
 * those of partners, since they process whole pages, and do not wait for those of partners. Expressions of the form
 * {@code resource:classpath:...} are read from that resource.
 */
@Component("cel-language")
public class CelLanguage extends LanguageSupport {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final CelEngine engine;

  public CelLanguage(CelEngine engine) {
    this.engine = engine.trusted(LONGEST);
  }

  /**
   * Compiles a predicate.
   *
   * @throws ExpressionIllegalSyntaxException when it does not compile; the cause says where
   */
  @Override
  public Predicate createPredicate(String expression) {
    return compile(expression);
  }

  /**
   * Compiles an expression.
   *
   * @throws ExpressionIllegalSyntaxException when it does not compile; the cause says where
   */
  @Override
  public Expression createExpression(String expression) {
    return compile(expression);
  }

  private CelExpression compile(String expression) {
    try {
      return new CelExpression(engine.compile(loadResource(expression)));
    } catch (CelCompileException e) {
      throw new ExpressionIllegalSyntaxException(expression, e);
    }
  }
}
