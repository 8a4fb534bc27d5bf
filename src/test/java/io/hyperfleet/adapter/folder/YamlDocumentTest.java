package io.hyperfleet.adapter.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class YamlDocumentTest {

  private static YamlDocument parse(String yaml) throws InvalidYamlException {
    return YamlDocument.parse("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsPlainData() throws Exception {
    assertThat(parse("{a: 1, b: 1.5, c: yes, d: ~, e: text, f: [1, {g: 0o7}], h: 2026-01-01, i: 0644}").value())
        .isEqualTo(new java.util.LinkedHashMap<>() {
          {
            put("a", 1L);
            put("b", 1.5);
            put("c", true);
            put("d", null);
            put("e", "text");
            put("f", Arrays.asList(1L, Map.of("g", 7L)));
            put("h", "2026-01-01");
            put("i", 420L);
          }
        });
  }

  @Test
  void keepsHowScalarsAreWrittenAndWholeNumbersAsJsonHasThem() throws Exception {
    YamlDocument document = parse("a: 0644\nb: [yes, 'yes', 1e3, 9223372036854775808]\nc: 12:30\nd: ~").asJson();

    assertThat(document.sources())
        .isEqualTo(Map.of("a", "0644", "b[0]", "yes", "b[2]", "1e3", "b[3]", "9223372036854775808",
            "d", "~"));
    assertThat(((Map<?, ?>) document.value()).get("b")).isEqualTo(List.of(true, "yes", 1000L, 0x1p63));
    assertThat(((Map<?, ?>) document.value()).get("c")).isEqualTo("12:30");
  }

  @Test
  void knowsTheLineOfEachKey() throws Exception {
    YamlDocument document = parse("a: 1\nb:\n  - c: 1\n  - d: |\n      x\n      y\n    e: 2\n");

    assertThat(List.of(document.line("a"), document.line("b[0].c"), document.line("b[1].d"), document.line("b[1].e"),
        document.line("b[1].absent.deeper"), document.line("absent"))).containsExactly(1, 3, 4, 7, 4, 1);
  }

  @Test
  void aliasesAreExpandedIntoCopies() throws Exception {
    Map<?, ?> value = (Map<?, ?>) parse("a: &x {k: 1}\nb: *x\n").value();

    assertThat(value.get("b")).isEqualTo(Map.of("k", 1L)).isNotSameAs(value.get("a"));
  }

  static Stream<Arguments> refuses() {
    String bomb = "a0: &a0 [x, x]\n" + IntStream.range(1, 25)
        .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1)).reduce("", String::concat);
    String aliases = "a: &a 1\nb: [" + "*a, ".repeat(60) + "1]";
    return Stream.of(
        Arguments.of("tags", "a: !!java.lang.String x", 1, "tags"),
        Arguments.of("constructor", "a: 1\nb: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://x']]", 2,
            "tags"),
        Arguments.of("local tags", "a: !x {b: 1}", 1, "tags"),
        Arguments.of("standard tags", "a: !!str 1", 1, "tags"),
        Arguments.of("duplicate keys", "a: 1\nb: 2\na: 3", 3, "duplicate key 'a'"),
        Arguments.of("deep duplicate keys", "x:\n  a: 1\n  'a': 2", 3, "duplicate key 'x.a'"),
        Arguments.of("bomb", bomb, 0, "more than 20000 values"),
        Arguments.of("many aliases", aliases, 0, "aliases"),
        Arguments.of("recursion", "a: &a [*a]", 0, "nested deeper|not valid"),
        Arguments.of("deep lists", "[".repeat(100_000), 0, "nested deeper"),
        Arguments.of("deep maps", "{a: ".repeat(10_000) + "1", 0, "nested deeper"),
        Arguments.of("deep blocks", "- ".repeat(60) + "a", 1, "nested deeper"),
        Arguments.of("merge keys", "a: &a {b: 1}\nc:\n  <<: *a", 3, "merge keys"),
        Arguments.of("number keys", "1: a", 1, "the key is not text"),
        Arguments.of("boolean keys", "on: a", 1, "the key is not text"),
        Arguments.of("list keys", "? [a]\n: b", 1, "the key is not text"),
        Arguments.of("two documents", "a: 1\n---\nb: 2", 2, "single document"),
        Arguments.of("nothing", "# only this", 0, "empty"),
        Arguments.of("syntax", "a: 1\nb: [1\nc: 2", 3, "not valid YAML"),
        Arguments.of("tabs", "a:\n\tb: 1", 2, "not valid YAML"),
        Arguments.of("control characters", "a: \"\u0000\"", 0, "not valid YAML"),
        Arguments.of("huge numbers", "a: 99999999999999999999", 1, "too large"),
        Arguments.of("unsigned numbers", "a:\n  b: 18446744073709551615", 2, "too large .*64 bits.*put it in quotes"),
        Arguments.of("tiny numbers", "a: 1e-999", 1, "too small"),
        Arguments.of("infinity", "a: [1, -.inf]", 1, "-.inf is not finite"),
        Arguments.of("no number", "a: .NaN", 1, ".NaN is not finite"),
        Arguments.of("half a character", "a: \"\\ud800\"", 1, "an unpaired surrogate|not valid YAML"),
        Arguments.of("word keys", "data:\n  y: a", 2, "the key is not text \\(y is"),
        Arguments.of("large files", "x".repeat(300 * 1024), 0, "larger than 256 kB"),
        Arguments.of("many values", "- a\n".repeat(30_000), 0, "more than 20000 values"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refuses(String name, String yaml, int line, String reason) {
    assertThatThrownBy(() -> parse(yaml)).isInstanceOfSatisfying(InvalidYamlException.class, e -> {
      assertThat(e.getMessage()).containsPattern(reason).hasSizeLessThan(300);
      if (line > 0) {
        assertThat(e.line()).isEqualTo(line);
      }
    });
  }

  @Test
  void refusesWhatIsNoUtf8() {
    assertThatThrownBy(() -> YamlDocument.parse("x", new byte[]{'a', ':', ' ', (byte) 0xff}))
        .isInstanceOf(InvalidYamlException.class).hasMessageContaining("UTF-8");
  }
}
