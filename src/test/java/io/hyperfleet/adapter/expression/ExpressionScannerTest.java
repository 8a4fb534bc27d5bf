package io.hyperfleet.adapter.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionScannerTest {

  /** The end is marked by ¦, which stands for the closing brace. */
  @ParameterizedTest
  @ValueSource(strings = {
      "a¦ and more }",
      "{'a': {'b': 1}}.a.b¦",
      "'}'¦",
      "\"}\"¦}",
      "'\\'}'¦'}'",
      "'\\\\'¦'}'",
      "r'\\'¦'}'",
      "R\"\\\"¦\"}\"",
      "b'\\'}'¦",
      "br'\\'¦'}'",
      "rb'\\'¦'}'",
      "'''it's } here'''¦",
      "\"\"\"a \"quoted\" }\"\"\"¦",
      "r'''\\'''¦''' }",
      "''+'}'¦",
      "a // } ' \n + b¦",
      "'//'¦}",
      "'${x}'¦",
      "¦",
  })
  void endsAtTheBraceThatIsNotInAStringOrMap(String marked) {
    String text = "${" + marked.replace('¦', '}');

    assertThat(ExpressionScanner.end(text, 2)).isEqualTo(2 + marked.indexOf('¦'));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      a
      '}
      {}
      '''}''
      'a\\'}
      // }
      """)
  void hasNoEndWhenItIsOpen(String open) {
    assertThat(ExpressionScanner.end(open, 0)).isEqualTo(-1);
  }
}
