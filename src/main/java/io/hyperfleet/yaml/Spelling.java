package io.hyperfleet.yaml;

import java.util.stream.IntStream;

/** Detects likely misspellings. */
public final class Spelling {

  private static final int MOST_EDITS = 2;

  private Spelling() {}

  /** Whether one word may be a misspelling of the other: equal except for case, or up to two edits apart. */
  public static boolean isNear(String word, String other) {
    return word.equalsIgnoreCase(other) || Math.abs(word.length() - other.length()) <= MOST_EDITS
        && distance(word, other) <= Math.min(MOST_EDITS, other.length() / 2);
  }

  /** The number of characters to insert, remove or replace (Levenshtein). */
  public static int distance(String word, String other) {
    int[] row = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
