package io.hyperfleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.problem.Problem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies are taken exactly, or refused by the name of the field: nothing is guessed, rounded or thrown. */
class StrictJsonTest {

  private static final int INPUTS = 2000;

  private final Random random = new Random(13);

  @Test
  void keepsNumbersExactlyOrNamesTheField() {
    for (int i = 0; i < INPUTS; i++) {
      var text = number();
      var place = new Place();

      var result = read(place.around(text));

      var expected = fits(text);
      if (expected == null) {
        assertRefused(result, place, text);
      } else {
        assertThat(place.in((ObjectNode) result).decimalValue()).as(text).isEqualByComparingTo(expected);
      }
    }
  }

  /**
   * A number of JSON's grammar: short and long, with and without fraction and exponent, near the limits and far away.
   */
  private String number() {
    var text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(
        random.nextInt(4) == 0 ? "0" : digits(1 + random.nextInt(List.of(3, 20, 110, 1100).get(random.nextInt(4)))));
    if (random.nextInt(3) == 0) {
      text.append('.').append("0".repeat(random.nextInt(4) == 0 ? random.nextInt(400) : 0))
          .append(digits(1 + random.nextInt(20)));
    }
    if (random.nextInt(2) == 0) {
      text.append(random.nextBoolean() ? "e" : "E").append(List.of("", "+", "-").get(random.nextInt(3)))
          .append(List
              .of("0", "2", "30", "150", "306", "307", "308", "309", "400", "2147483647", "2147483648", "9999999999",
                  "99999999999999999999")
              .get(random.nextInt(13)));
    }
    return text.toString();
  }

  private String digits(int count) {
    var digits = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    boolean zeros = random.nextInt(4) == 0;
    while (digits.length() < count) {
      digits.append(zeros ? '0' : (char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** The number, by another way than the product's; null where it is beyond the limits. */
  private static BigDecimal fits(String text) {
    var exponent = text.toLowerCase().indexOf('e');
    if (text.length() > 1000 || exponent >= 0 && text.length() - exponent > 6) {
      return exponent >= 0 && text.matches("-?0(\\.0*)?[eE].*") && text.length() <= 1000
          && text.substring(exponent).matches("[eE][+-]?\\d{1,3}")
              ? BigDecimal.ZERO
              : null;
    }
    var number = new BigDecimal(text);
    if (number.signum() == 0) {
      return number;
    }
    var digits = number.unscaledValue().abs().toString().replaceFirst("0+$", "");
    var size = number.abs();
    return digits.length() <= 100 && size.compareTo(new BigDecimal("1e-307")) >= 0
        && size.compareTo(new BigDecimal("1e308")) < 0
            ? number
            : null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "0.0", "1.10", "1e2", "9223372036854775807", "9223372036854775808",
      "-9223372036854775809",
      "18446744073709551615", "123456789012345678901234567890", "1e20", "0.1", "1e-307", "9.99e307", "1E+2",
      "100000000000000000000.5"})
  void keepsNumbers(String text) {
    assertThat(((JsonNode) read("{\"x\":" + text + "}")).get("x").decimalValue()).isEqualByComparingTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308", "-1e308", "1e-308", "1E2147483648", "1e-2147483648", "1e2147483647", "0e99999",
      "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890.1"})
  void refusesNumbers(String text) {
    var problem = (Problem) read("{\"spec\": {\"quota\": " + text + "}}");
    assertThat(problem.errors().get(0).field()).isEqualTo("spec.quota");
    assertThat(problem).hasMessageContaining("up to 100 significant digits").hasMessageContaining("1e308");
  }

  @Test
  void refusesTextsAndKeysThatCannotBeStoredByTheNameOfTheField() {
    var flaws = List.of("\\u0000", "\\ud800", "\\udfff", "\\udc00\\ud800", "\\ud83dx");
    for (int i = 0; i < INPUTS; i++) {
      var place = new Place();
      var spoiled = "\"" + "é漢\\ud83d\\ude00a".repeat(random.nextInt(3)) + flaws.get(random.nextInt(flaws.size()))
          + "b\"";
      if (random.nextInt(3) > 0) {
        assertRefused(read(place.around(spoiled)), place, spoiled);
      } else {
        var problem = (Problem) read(place.around("{" + spoiled + ": 1}"));
        if (problem.errors().isEmpty()) {
          assertThat(problem).as("half of a character in a key is no JSON").hasMessageMatching(
              "Request body is not valid JSON, line 1 column \\d+");
        } else {
          assertThat(problem.errors().get(0).field()).startsWith(place.name).contains("\\u");
        }
      }
    }
  }

  @Test
  void refusesAKeyThatIsThereTwiceAtAnyDepth() {
    for (int i = 0; i < INPUTS; i++) {
      var place = new Place();
      var key = List.of("a", "", "a b", "é", "\\u0041").get(random.nextInt(5));
      var again = key.equals("\\u0041") ? "A" : key;
      var values = List.of("1", "{}", "[]", "null", "\"x\"", "{\"a\": {\"a\": 1}}");
      var object = "{\"" + key + "\": " + values.get(random.nextInt(6)) + ", \"z\": 1, \"" + again + "\": "
          + values.get(random.nextInt(6)) + "}";

      var problem = (Problem) read(place.around(object));

      assertThat(problem).hasMessageContaining("duplicate key");
      assertThat(problem.errors().get(0).field()).startsWith(place.name);
      assertThat(problem.errors().get(0).constraint()).isEqualTo("unique");
    }
  }

  @Test
  void takesUtf8AndNothingElse() {
    for (int i = 0; i < INPUTS; i++) {
      var text = new byte[1 + random.nextInt(5)];
      random.nextBytes(text);
      for (int j = 0; j < text.length; j++) {
        // Leads and continuations, so that much of it is nearly right.
        text[j] = random.nextInt(3) == 0
            ? (byte) (text[j] == '\\' ? 'x' : text[j])
            : (byte) (random.nextBoolean() ? 0x80 | text[j] & 0x3f : 0xc0 | text[j] & 0x3f);
      }
      var body = ByteBuffer.allocate(text.length + 8).put("{\"a\":\"".getBytes(StandardCharsets.UTF_8)).put(text)
          .put("\"}".getBytes(StandardCharsets.UTF_8)).array();
      var decoded = new String(text, StandardCharsets.UTF_8);
      boolean right = Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), text);

      var result = read(body);

      if (right && decoded.chars().noneMatch(c -> c < ' ' || c == '"')) {
        assertThat(((JsonNode) result).get("a").textValue()).isEqualTo(decoded);
      } else {
        assertThat(result).isInstanceOf(Problem.class);
        assertThat(right || ((Problem) result).getMessage().contains("UTF-8")).as("%s", result).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "IBM037"})
  void refusesOtherEncodings(String charset) {
    assertThat(read("{\"kind\": \"Cluster\", \"a\": \"é\"}".getBytes(Charset.forName(charset))))
        .isInstanceOf(Problem.class);
  }

  @Test
  void refusesAByteOrderMark() {
    assertThat((Problem) read("\ufeff{}")).hasMessageContaining("byte order mark");
  }

  @Test
  void throwsNothingElseWhateverIsDamaged() {
    var body = "{\"kind\": \"Cluster\", \"spec\": {\"a\": [1, -2.5e3, true, null, \"x\\n\\u00e4\"], \"b\": {}}, \"labels\": {\"a\": \"b\"}}"
        .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < INPUTS; i++) {
      var damaged = body.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(damaged)).isInstanceOfAny(ObjectNode.class, Problem.class);
    }
  }

  @Test
  void namesAFieldSoThatItCanBePrinted() {
    assertThat(place("labels", "region")).isEqualTo("labels[region]");
    assertThat(place("spec", "a.b", 3, "c-d")).isEqualTo("spec[a.b][3].c-d");
    assertThat(place("a\u0000\u202e\ud800")).isEqualTo("[a\\u0000\\u202E\\uD800]");
    assertThat(place("spec", "x".repeat(100_000))).hasSizeLessThan(250);
  }

  private static String place(Object... names) {
    var place = JsonLocation.BODY;
    for (Object name : names) {
      place = place.at(name);
    }
    return place.toString();
  }

  private static void assertRefused(Object result, Place place, String text) {
    assertThat(result).as(text).isInstanceOf(Problem.class);
    assertThat(((Problem) result).errors()).as(text).singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo(place.name));
  }

  private static Object read(String body) {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The body, or what it was refused with. */
  private static Object read(byte[] body) {
    var result = new Object[1];
    var thrown = catchThrowable(() -> result[0] = StrictJson.object(body));
    return thrown == null ? result[0] : thrown;
  }

  /** A random place in a body of up to five levels. */
  private final class Place {

    private String before = "";
    private String after = "";
    private String pointer = "";
    private String name = "";

    Place() {
      for (int depth = 1 + random.nextInt(5); depth > 0; depth--) {
        if (random.nextInt(3) == 0 && !name.isEmpty()) {
          int index = random.nextInt(3);
          before += "[" + "0,".repeat(index);
          after = "]" + after;
          pointer += "/" + index;
          name += "[" + index + "]";
        } else {
          var key = List.of("spec", "a-b", "x_1", "with space", "d.ot", "é").get(random.nextInt(6));
          before += "{\"first\": true, \"" + new String(JsonStringEncoder.getInstance().quoteAsString(key)) + "\": ";
          after = ", \"last\": 1}" + after;
          pointer += "/" + key;
          name += key.matches("[A-Za-z0-9_-]+") ? (name.isEmpty() ? "" : ".") + key : "[" + key + "]";
        }
      }
    }

    String around(String value) {
      return before + value + after;
    }

    JsonNode in(ObjectNode body) {
      return body.at(pointer);
    }
  }
}
