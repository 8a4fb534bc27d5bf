package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class CanonicalSchemaTest {

  private static final CanonicalSchema SCHEMA = new CanonicalSchema();

  /** What Camel takes as well, but no visual editor writes, and what it would only find out when the route starts. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      to: direct:a                                                    | to: string found, object expected
      log: hello                                                      | log: string found, object expected
      bean: {id: a-b, refs: c}                                        | bean: property 'refs' is not defined
      setBody: {id: a-b, simple: hello}                               | setBody: required property 'expression' not found
      setBody: {id: a-b, simple: a, expression: {simple: {expression: b}}} | setBody: property 'simple' is not defined
      setBody: {id: a-b, expression: {simple: hello}}                 | simple: string found, object expected
      setBody: {id: a-b, expression: {cel: {expression: a}}}          | setBody/expression:
      filter: {id: a-b, steps: []}                                    | filter: required property 'expression' not found
      filter: {id: a-b, disabled: 'true', expression: {simple: {expression: b}}} | disabled: string found, boolean expected
      choice: {id: a-b, when: [{simple: {expression: a}, steps: []}]} | when/0: required property 'expression' not found
      doTry: {id: a-b, doCatch: [{onWhen: {simple: {expression: a}}}]} | doCatch/0/onWhen: required property 'expression' not found
      toward: {id: a-b}                                               | steps/0: property 'toward' is not defined
      """)
  void saysWhatIsNotCanonicalAndWhere(String step, String error) {
    assertThat(errors(step))
        .anySatisfy(message -> assertThat(message).startsWith("/0/route/from/steps/0").contains(error));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      to: {id: a-b, uri: direct, parameters: {name: c}}
      setBody: {id: a-b, expression: {simple: {expression: hello}}}
      setVariable: {id: a-b, name: c, expression: {language: {language: cel, expression: body}}}
      choice: {id: a-b, when: [{id: c-d, expression: {simple: {expression: a}}, steps: []}], otherwise: {id: e-f, steps: []}}
      """)
  void takesWhatIs(String step) {
    assertThat(errors(step)).isEmpty();
  }

  private static List<String> errors(String step) {
    return SCHEMA.errors(new Yaml().load("[{route: {id: a-b, from: {uri: direct, steps: [{" + step + "}]}}}]"));
  }
}
