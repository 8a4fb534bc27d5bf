package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are JSON, or none: {@code fromJson} reads the ones and says what is wrong with the others. */
class JsonTextTest {

  private static final CelEngine ENGINE = CelEngine.untimed();
  private static final CelProgram FROM_JSON = ENGINE.compile("fromJson(text)");
  private static final int CASES = 4_000;
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static Object read(String text) {
    return FROM_JSON.evaluate(Map.of("text", text));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      1                              | 1
      -0                             | 0
      1.50                           | 1.5
      1e2                            | 100.0
      9223372036854775807            | 9223372036854775807
      9223372036854775808            | 9.223372036854776E18
      -9223372036854775809           | -9.223372036854776E18
      00000000000000000000000000     | fromJson: not JSON at line 1, column
      1e400                          | fromJson: number out of range at line 1, column 1
      [1, -1e999]                    | fromJson: number out of range at line 1, column 5
      "a"                            | a
      true                           | true
      null                           | null
      []                             | []
      {}                             | {}
      {"a": [1, {"b": null}]}        | {a=[1, {b=null}]}
      {"a": 1, "a": 1}               | fromJson: not JSON at line 1, column 10: duplicate key
      {"a": 1} x                     | fromJson: not JSON at line 1, column
      [1] [2]                        | fromJson: not JSON at line 1, column 5: unexpected content after the value
      {a: 1}                         | fromJson: not JSON at line 1, column 2: unexpected character
      {'a': 1}                       | fromJson: not JSON at line 1, column 2: put text in double quotes
      hunter2                        | fromJson: not JSON at line 1, column 1: expected a value; put text in double quotes
      ["hunter2]                     | unexpected end of text
      {"a": hunter2}                 | expected a value; put text in double quotes
      {"a"                           | unexpected end of text
      "\\x"                          | fromJson: not JSON at line 1, column 3: no such escape
      [1,]                           | fromJson: not JSON at line 1, column 4: unexpected character
      007                            | fromJson: not JSON at line 1, column
      +1                             | fromJson: not JSON at line 1, column
      NaN                            | fromJson: not JSON at line 1, column
      // a comment                   | fromJson: not JSON at line 1, column 1
      ``                             | fromJson: the text is empty
      """)
  void readsOrSaysWhatIsWrongAndWhere(String text, String expected) {
    Object result;
    try {
      result = read(text);
    } catch (CelEvaluationException e) {
      assertThat(e.getMessage()).contains(expected).doesNotContain("hunter2");
      return;
    }
    assertThat(String.valueOf(result)).isEqualTo(expected);
  }

  @Test
  void countsLines() {
    assertThatThrownBy(() -> read("{\n \"a\": 1,\n \"b\" 2\n}"))
        .hasMessage("fromJson: not JSON at line 3, column 6: unexpected character");
    assertThatThrownBy(() -> read("\"a\nb\""))
        .hasMessageContaining("unescaped control character in text; escape it, such as \\n");
  }

  @Test
  void isBounded() {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65)))
        .hasMessage("fromJson: nested deeper than 64 levels");
    assertThatThrownBy(() -> read("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
        .hasMessage("fromJson: nested deeper than 64 levels");
    assertThatThrownBy(() -> read("[".repeat(60_000))).hasMessage("fromJson: nested deeper than 64 levels");
    assertThatThrownBy(() -> read(" ".repeat(65_537)))
        .hasMessage("the expression reads JSON longer than 65536 characters");
    assertThatThrownBy(() -> read("[" + "1,".repeat(10_000) + "1]"))
        .hasMessageContaining("a list of more than 10000 elements");
    assertThat(read("9".repeat(300))).isEqualTo(1e300);
    assertThatThrownBy(() -> read("9".repeat(60_000))).hasMessageContaining("number out of range");
  }

  @Test
  void aResultThatIsNoneOfTheseStaysText() {
    assertThat(JsonText.valueOrText("{\"a\": [1, 2.5, \"x\", null]}"))
        .hasToString("{a=[1, 2.5, x, null]}");
    for (String text : List.of("", "done", "{", "[1] [2]", "1e400", "007", "{\"a\": 1, \"a\": 2}", "[".repeat(4_000),
        " ".repeat(70_000))) {
      assertThat(JsonText.valueOrText(text)).isEqualTo(text);
    }
  }

  /** What Jackson reads is read likewise; what it refuses is refused, and no message tells what the text holds. */
  @Test
  void readsGeneratedTextsAsJacksonDoes() throws JsonProcessingException {
    var random = new Random(29);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      var text = JSON.writeValueAsString(value(random, 0));
      if (i % 2 == 1) {
        text = broken(text, random);
      }
      Object expected;
      try {
        expected = numbers(JSON.readValue(text, Object.class));
      } catch (JsonProcessingException e) {
        refused++;
        var hostile = text;
        assertThatThrownBy(() -> read(hostile)).as(text).isInstanceOf(CelEvaluationException.class)
            .satisfies(failure -> assertThat(failure.getMessage()).startsWith("fromJson: ").hasSizeLessThan(200)
                .doesNotContain("secret"));
        assertThat(JsonText.valueOrText(text)).isEqualTo(text);
        continue;
      }
      try {
        assertThat(read(text)).as(text).isEqualTo(expected);
      } catch (CelEvaluationException e) {
        assertThat(e.getMessage()).as(text).containsAnyOf("duplicate key", "too large");
      }
    }
    assertThat(refused).isBetween(CASES / 5, CASES / 2);
  }

  /** Whole numbers as expressions have them. */
  private static Object numbers(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<Object, Object>();
      map.forEach((key, item) -> copy.put(key, numbers(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>();
      list.forEach(item -> copy.add(numbers(item)));
      return copy;
    }
    return value instanceof BigInteger number
        ? number.doubleValue()
        : value instanceof Integer number ? (Object) number.longValue() : value;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 5 ? 6 : 9)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> random.nextInt(100);
      case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(20));
      case 5 -> text(random);
      case 6 -> {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    var pieces = List.of("secret", "\"", "\\", "\n", "\u0000", "é", "\uD83D\uDE00", "a", "", " ", "{", "]", "\u2028");
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  /** The text with a piece taken away, put in, doubled or cut off. */
  private static String broken(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + 1 + random.nextInt(4));
    var pieces = List.of("secret", ",", ":", "\"", "\\", "{", "}", "[", "]", "\u0000", "\uFEFF", "/*", "-", "0", "'");
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, at) + pieces.get(random.nextInt(pieces.size())) + text.substring(at);
      case 2 -> text.substring(0, at) + text.substring(at, to).repeat(2) + text.substring(to);
      default -> text.substring(0, at);
    };
  }
}
