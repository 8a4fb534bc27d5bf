package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaotoLayoutTest {

  private static final String WRITTEN = """
      # Why this is so.
      - routeTemplate:
          id: 'some-template'
          description: Kept in its place behind the routes, although it stood before them, however long its text may be
          parameters:
          - {name: "a", required: true, defaultValue: "1"}
      - route:
          id: "some-route"
          startupOrder: 1
          from:
              uri: "timer"
              parameters: {name: "tick-{{a}}", delay: "{{b}}", period: 5s, fixedRate: "true", repeatCount: "08", of: "y", at: "12:30"}
              steps:
              - setBody:
                  id: say-so
                  expression: {language: {language: cel, expression: "!deleting && conditions.exists(c, c.type == 'Available')"}}
              - setBody:
                  id: say-much
                  expression:
                    language:
                      language: cel
                      expression: >-
                        {"a": 1,
                          "b": 2}
              - setBody: {id: quote-it, expression: {constant: {expression: '"so"'}}}
              - log: {id: log-it, message: 'Both " and '' # here', logName: "#name"}
              - setVariable:
                  id: leave-one
                  name: conditions
                  expression: {constant: {expression: "Applied=False ResourceCreationFailed, Available=False ResourceCreationFailed, Health=False CreateError"}}
      """;

  /** As Kaoto 2.12 saves what is above. */
  private static final String SAVED = """
      # Why this is so.
      - route:
          id: some-route
          startupOrder: 1
          from:
            uri: timer
            parameters:
              name: tick-{{a}}
              delay: "{{b}}"
              period: 5s
              fixedRate: "true"
              repeatCount: "08"
              of: "y"
              at: "12:30"
            steps:
              - setBody:
                  id: say-so
                  expression:
                    language:
                      language: cel
                      expression: "!deleting && conditions.exists(c, c.type == 'Available')"
              - setBody:
                  id: say-much
                  expression:
                    language:
                      language: cel
                      expression: |-
                        {"a": 1,
                          "b": 2}
              - setBody:
                  id: quote-it
                  expression:
                    constant:
                      expression: '"so"'
              - log:
                  id: log-it
                  message: "Both \\" and ' # here"
                  logName: "#name"
              - setVariable:
                  id: leave-one
                  name: conditions
                  expression:
                    constant:
                      expression: Applied=False ResourceCreationFailed, Available=False
                        ResourceCreationFailed, Health=False CreateError
      - routeTemplate:
          id: some-template
          description: Kept in its place behind the routes, although it stood before them,
            however long its text may be
          parameters:
            - name: a
              required: true
              defaultValue: "1"
      """;

  @Test
  void writesWhatKaotoSaves() {
    assertThat(layout(WRITTEN)).isEqualTo(SAVED);
  }

  @Test
  void leavesWhatKaotoSavedAsItIs() {
    assertThat(layout(SAVED)).isEqualTo(SAVED);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "a much longer text, which needs its quotes because of this: such are not to be wrapped" | too long for a text in quotes
      "one line\\nand one that is far too long for a block, and so would be folded with the rest by an editor" | break it into lines
      " \\n blanks around it " | without blanks at the ends
      """)
  void refusesWhatReadsBadly(String text, String error) {
    assertThatThrownBy(() -> layout("- route: {id: " + text + "}")).hasMessageContaining(error);
  }

  private static String layout(String text) {
    return KaotoLayout.of(RouteFile.of(Path.of("some.camel.yaml"), text));
  }
}
