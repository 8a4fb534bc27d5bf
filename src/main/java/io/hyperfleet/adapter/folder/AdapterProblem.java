package io.hyperfleet.adapter.folder;

import java.util.regex.Pattern;

/**
 * A problem in an adapter's folder.
 *
 * @param adapter name of the folder
 * @param file path of the file, as an operator knows it
 * @param line line in the file, from 1; 0 if unknown
 * @param key the key, such as {@code spec.preconditions.dns is available}; empty for the whole file
 * @param message what is wrong and what is allowed
 * @param severity whether the definition can be used nevertheless
 */
public record AdapterProblem(String adapter, String file, int line, String key, String message, Severity severity) {

  /** Control characters, line breaks and direction marks, which names of folders and keys may contain. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST = 2_000;

  /** Severity of a problem. */
  public enum Severity {
    /** The definition cannot be used. */
    ERROR,
    /** The definition can be used, but probably does not do what its author intended. */
    WARNING
  }

  /** {@code file:line: key: what is wrong; what is allowed}, in one line that shows what it holds. */
  @Override
  public String toString() {
    var text = file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    var visible = INVISIBLE.matcher(text).replaceAll("?");
    return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
  }
}
