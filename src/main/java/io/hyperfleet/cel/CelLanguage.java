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
 * the exchange; no headers. It is compiled when the route is loaded. A variable that is not there is an error of the
 * exchange, not false: route authors are trusted, and a typing error must show. They may also take longer than those of
 * partners, up to 5 s, for they go over whole pages, and they do not wait for those of partners. Expressions of the
 * form {@code resource:classpath:...} are read from that resource.
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
