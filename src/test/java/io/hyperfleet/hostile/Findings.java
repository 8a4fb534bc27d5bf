package io.hyperfleet.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What was found by one family of inputs: of each kind how often, and the shortest input that shows it. */
final class Findings {

  private static final int LONGEST_INPUT = 4_000;

  private record Finding(int count, String input) {

    Finding and(Finding other) {
      return new Finding(count + other.count, input.length() <= other.input.length() ? input : other.input);
    }
  }

  private final String family;
  private final AtomicInteger inputs = new AtomicInteger();
  private final Map<String, Finding> found = new TreeMap<>();

  Findings(String family) {
    this.family = family;
  }

  void tried(int count) {
    inputs.addAndGet(count);
  }

  /** Something that should not be, which one piece of the grammar has caused. */
  synchronized void add(String piece, String input, String what) {
    found.merge(piece + ": " + what, new Finding(1, input), Finding::and);
  }

  /** Harm whose cause is one of the inputs of the family. */
  void harm(Collection<String> what) {
    what.forEach(one -> add("harm", "see the inputs of the family", one));
  }

  boolean none() {
    return found.isEmpty();
  }

  /** Fails when there is any finding; a file below {@code target/hostile} has them all. */
  void assertNone() {
    System.out.printf("MEASURED hostile %s: %d inputs, seed %d, %d kinds of findings%n", family, inputs.get(),
        Hostile.SEED, found.size());
    var text = new StringBuilder();
    found.forEach(
        (what, finding) -> text.append("- ").append(finding.count).append(" x ").append(shown(what)).append("\n    ")
            .append(shown(finding.input).replace("\n", "\n    ")).append('\n'));
    try {
      Files.writeString(Files.createDirectories(Path.of("target/hostile")).resolve(family + ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(found.isEmpty())
        .as("%s of %d inputs; again with -Dhostile.seed=%d -Dhostile.cases=%d%n%s", family, inputs.get(),
            Hostile.SEED, Hostile.CASES, text)
        .isTrue();
  }

  /** A text as it can be printed. */
  private static String shown(String text) {
    var cut = text.length() > LONGEST_INPUT
        ? text.substring(0, LONGEST_INPUT) + "... (" + text.length() + " characters)"
        : text;
    return cut.codePoints()
        .mapToObj(c -> c == '\n' || c >= ' ' && c < 127 ? Character.toString(c) : "\\u{%x}".formatted(c))
        .collect(java.util.stream.Collectors.joining());
  }
}
