package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CelLanguageTest {

  private DefaultCamelContext context;

  @BeforeEach
  void start() {
    context = new DefaultCamelContext();
    context.getRegistry().bind("cel-language", new CelLanguage(new CelEngine()));
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void load(String predicate) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", """
        - route:
            id: choose
            from:
              uri: direct:choose
              steps:
                - choice:
                    when:
                      - expression:
                          language:
                            language: cel
                            expression: "%s"
                        steps:
                          - setBody:
                              expression:
                                language:
                                  language: cel
                                  expression: "'yes ' + name"
                    otherwise:
                      steps:
                        - setBody: {expression: {constant: {expression: "no"}}}
        """.formatted(predicate)));
  }

  private Exchange send(Object body, Map<String, ?> variables, Map<String, Object> headers) {
    return context.createFluentProducerTemplate().to("direct:choose").withProcessor(exchange -> {
      exchange.getMessage().setBody(body);
      exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
      variables.forEach(exchange::setVariable);
    }).send();
  }

  @Test
  void isAPredicateAndAnExpressionInYamlRoutes() throws Exception {
    load("cluster.generation > 1 && body.size() == 2");

    Map<String, Object> variables = Map.of("cluster", Map.of("generation", 2), "name", "c");
    assertThat(send(List.of(1, 2), variables, Map.of()).getMessage().getBody()).isEqualTo("yes c");
    assertThat(send(List.of(1), variables, Map.of()).getMessage().getBody()).isEqualTo("no");
  }

  @Test
  void seesTheAnswerThatFailedTheExchangeBehindWhateverWrapsIt() throws Exception {
    load("error.code == 409 && error.reason == 'AlreadyExists'");

    var refusal = new KubernetesClientException(
        new StatusBuilder().withCode(409).withReason("AlreadyExists").withMessage("there").build());
    assertThat(failed(refusal)).isEqualTo("yes c");
    assertThat(failed(new IllegalStateException("wrapped", refusal))).isEqualTo("yes c");
    assertThat(failed(new KubernetesClientException("no connection"))).isEqualTo("no");
    assertThat(failed(new IllegalStateException("no answer"))).isEqualTo("no");
  }

  @Test
  void seesWhetherTheRequestItselfWasRefused() throws Exception {
    load("error.refused");

    assertThat(failed(new KubernetesClientException(new StatusBuilder().withCode(422).withMessage("invalid").build())))
        .isEqualTo("yes c");
    assertThat(failed(new KubernetesClientException(new StatusBuilder().withCode(500)
        .withMessage("failed to create typed patch object (n/a; v1, Kind=A): .x: field not declared in schema")
        .build()))).isEqualTo("yes c");
    assertThat(
        failed(new KubernetesClientException(new StatusBuilder().withCode(500).withMessage("leader changed").build())))
        .isEqualTo("no");
    assertThat(failed(new KubernetesClientException(new StatusBuilder().withCode(429).build()))).isEqualTo("no");
    assertThat(failed(new KubernetesClientException("no connection"))).isEqualTo("no");
  }

  private Object failed(Exception failure) {
    return context.createFluentProducerTemplate().to("direct:choose").withProcessor(exchange -> {
      exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
      exchange.setVariable("name", "c");
    }).send().getMessage().getBody();
  }

  @Test
  void anAbsentVariableIsAnErrorAndNotFalse() throws Exception {
    load("cluster.generation > 1");

    assertThat(send("x", Map.of(), Map.of()).getException()).isInstanceOf(ExpressionEvaluationException.class)
        .hasMessageContaining("unknown variable 'cluster'");
  }

  @Test
  void seesNoHeadersAndNoBodyThatIsNoData() throws Exception {
    load("secret == 'x' || body != null");

    assertThat(send(new ByteArrayInputStream(new byte[0]), Map.of(), Map.of("secret", "x")).getException())
        .isInstanceOf(ExpressionEvaluationException.class).hasMessageContaining("unknown variable");
  }

  @Test
  void aWrongExpressionStopsTheLoadingOfTheRoute() {
    assertThatThrownBy(() -> load("cluster.generation >")).hasStackTraceContaining("column 21");
  }
}
