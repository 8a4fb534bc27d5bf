package io.hyperfleet.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEqualityTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"a": 1, "b": 2}  | {"b": 2, "a": 1}   | true
      {"a": 1}          | {"a": 1.0}         | true
      {"a": 100}        | {"a": 1e2}         | true
      {"a": [1, 2]}     | {"a": [1.0, 2]}    | true
      {"a": 1}          | {"a": "1"}         | false
      {"a": 1}          | {"a": 1, "b": null} | false
      {"a": [1, 2]}     | {"a": [2, 1]}      | false
      {"a": null}       | {"a": null}        | true
      {"a": {"b": {}}}  | {"a": {"b": []}}   | false
      {"a": 0.1}        | {"a": 0.10}        | true
      {"a": 9007199254740993} | {"a": 9007199254740992} | false
      """)
  void comparesMeaning(String left, String right, boolean same) throws JsonProcessingException {
    assertThat(JsonEquality.same(JSON.readTree(left), JSON.readTree(right))).isEqualTo(same);
  }
}
