package io.hyperfleet.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is written is the same for a reader of YAML 1.1, for one of YAML 1.2, and for kubectl. */
class PortableValuesTest {

  private static final List<String> PIECES = List.of("a", "e", "E", "x", "o", "0", "1", "7", "8", ".", "_", "-", "+",
      ":", " ", "\n", "\r", "\t", "\u0085",
      "\u00a0", "\u2028", "\u2029", "\ufeff", "\u007f", "\u0001", "#", "'", "\"", "\\", "\\L", "\\N", "|", ">", "~",
      "=", "<<", "yes", "No", "on", "null", "True",
      "inf", "nan", "2026-01-01", "12:30", "!!int", "&", "*", "%", "@", "`", "?", ",", "[", "]", "{", "}", "語",
      "\uD83D\uDE80");

  /** 20,000 texts, as keys and values, with quotes only where they are needed and with quotes around all but words. */
  @Test
  void textsAreTheSameForEveryReader() {
    var random = new Random(15);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      random.ints(1 + random.nextInt(5), 0, PIECES.size()).forEach(index -> text.append(PIECES.get(index)));
      assertSame(Map.of("k", text.toString(), text.toString(), List.of(text.toString())), i % 2 == 0);
    }
  }

  /** 4,000 numbers of every size. */
  @Test
  void numbersAreTheSameForEveryReader() {
    var random = new Random(16);
    for (int i = 0; i < 4_000; i++) {
      double number = i % 2 == 0
          ? Double.longBitsToDouble(random.nextLong())
          : random.nextInt() * Math.pow(10, random.nextInt(40) - 20);
      if (Double.isFinite(number)) {
        assertSame(Map.of("n", number), true);
      }
    }
  }

  @Test
  void numbersHaveAPointAndASign() {
    var written = new LinkedHashMap<Number, String>();
    written.put(1.23456789E7, "12345678.9");
    written.put(1e20, "1.0e+20");
    written.put(1.5e-7, "1.5e-7");
    written.put(0.1, "0.1");
    written.put(-0.0, "-0.0");
    written.put(0.0, "0.0");
    written.put(100.0, "100.0");
    written.put(1.5f, "1.5");
    written.put(new BigDecimal("1E+5"), "100000.0");
    written.put(new BigDecimal("-1234567890123456789.5"), "-1.2345678901234567895e+18");
    written.put(Double.MAX_VALUE, "1.7976931348623157e+308");
    written.put(Double.MIN_VALUE, "4.9e-324");
    written.forEach((number, text) -> assertThat(PortableValues.number(number)).isEqualTo(text));
  }

  private static void assertSame(Map<String, Object> object, boolean wordsOnly) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    var text = wordsOnly
        ? KubectlYaml.write(options, object, word -> word.matches("[a-z]+"))
        : KubectlYaml.write(options, object);
    assertThat((Object) new Yaml(new SafeConstructor(new LoaderOptions())).load(text)).as("YAML 1.1: %s", text)
        .isEqualTo(object);
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(text)).as("YAML 1.2: %s", text)
        .isEqualTo(object);
    assertThat((Object) KubectlYaml.reader(new LoaderOptions()).load(text)).as("kubectl: %s", text).isEqualTo(object);
  }
}
