package io.hyperfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  @Test
  void leavesNothingThatATerminalTakesForMoreThanText() {
    var random = new Random(20);
    for (int i = 0; i < 50_000; i++) {
      var text = HostileText.of(random);
      var clean = TerminalText.clean(text);
      assertThat(clean.codePoints()).as(text).allMatch(TerminalText::visible);
      assertThat(TerminalText.clean(clean)).isEqualTo(clean);
    }
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      var clean = TerminalText.clean("a" + Character.toString(point) + "b");
      assertThat(clean.chars().anyMatch(c -> c < ' ' || c >= 0x7f && c <= 0x9f)).isFalse();
      assertThat(clean).startsWith("a").endsWith("b").hasSizeGreaterThan(2);
    }
  }

  @Test
  void leavesWordsOfEveryLanguageAsTheyAre() {
    assertThat(TerminalText.clean("Zürich, e\u0301, 日本, 😀 - (a) %s")).isEqualTo("Zürich, e\u0301, 日本, 😀 - (a) %s");
    assertThat(TerminalText.clean("a\u001b[2Jb\nc\u202ed")).isEqualTo("a\\u001b[2Jb\\nc\\u202ed");
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "-5, 0s", "59, 59s", "60, 1m", "3599, 59m", "3600, 1h", "3660, 1h1m", "86399, 23h59m",
      "86400, 1d",
      "97200, 1d3h", "8640000, 100d"})
  void agesHaveTwoUnitsAtMost(long seconds, String age) {
    assertThat(Times.of(Duration.ofSeconds(seconds))).isEqualTo(age);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"2026-11-30T14:00:00Z | 1h", "2026-11-30T14:59:30.123456Z | 29s", "soon | -",
      "2026-13-41T99:00:00Z | -", "'' | -"})
  void countsFromAbsoluteTimes(String time, String age) {
    var times = new Times(Instant.parse("2026-11-30T15:00:00Z"));
    assertThat(times.age(time)).isEqualTo(age);
    assertThat(times.sentence("since " + time + ".")).isEqualTo(age.equals("-")
        ? "since " + time + "."
        : "since " + time + " (" + age + " ago).");
  }

  @Test
  void coloursOnATerminalOnly() {
    assertThat(Terminal.of(Map.of(), false).coloured("Ready", Terminal.Colour.GOOD)).isEqualTo("Ready");
    assertThat(Terminal.of(Map.of(), true).coloured("Ready", Terminal.Colour.GOOD))
        .isEqualTo("\u001b[32mReady\u001b[0m");
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true).coloured("Ready", Terminal.Colour.GOOD)).isEqualTo("Ready");
    assertThat(Terminal.of(Map.of("NO_COLOR", ""), true).colours()).isTrue();
    assertThat(Terminal.of(Map.of("TERM", "dumb"), true).colours()).isFalse();
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true).redraw()).isNotEmpty();
    assertThat(Terminal.of(Map.of(), false).redraw()).isEmpty();
  }
}
