package io.hyperfleet.cel;

import java.time.Duration;

/**
 * Limits of one expression. dev.cel has no cost limit of its own.
 *
 * @param sourceCharacters length of an expression
 * @param nodes nodes of its syntax tree, macros expanded
 * @param iterations total iterations of all comprehensions of an evaluation
 * @param resultCharacters length of a string that a function or operator builds, and the total length of text and
 * pattern in searches
 * @param elements elements of a list that a function or operator builds
 * @param values values inside a list or map that an expression builds, compares or returns
 * @param bytes total size of all values built in an evaluation, including those no longer needed: two bytes per
 * character, 8 per list element, 56 per map entry, plus overhead
 * @param time CPU time of one evaluation, see {@link CpuTime}
 */
public record CelLimits(int sourceCharacters, int nodes, int iterations, int resultCharacters, int elements,
    int values, int bytes, Duration time) {

  /** Length of a regular expression. */
  static final int PATTERN_CHARACTERS = 500;
  /** Size of the compiled regular expression, in instructions. */
  static final int PATTERN_PROGRAM = 5_000;

  /** 4,096 characters, 1,000 nodes, 10,000 iterations, 64 kB strings, 10,000 elements, 100,000 values, 8 MB, 100 ms. */
  public static final CelLimits DEFAULT = new CelLimits(4_096, 1_000, 10_000, 65_536, 10_000, 100_000, 8 << 20,
      Duration.ofMillis(100));

  CelLimits within(Duration longest) {
    return new CelLimits(sourceCharacters, nodes, iterations, resultCharacters, elements, values, bytes, longest);
  }
}
