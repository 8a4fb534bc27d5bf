package io.hyperfleet.adapter;

/**
 * Something wrong in an adapter's folder.
 *
 * @param adapter name of the folder
 * @param file path of the file, as an operator knows it
 * @param line line in the file, from 1; 0 where there is none
 * @param key the key, such as {@code spec.preconditions.dns is available}; empty for the whole file
 * @param message what is wrong; what is allowed
 * @param severity whether the definition can be used nevertheless
 */
public record AdapterProblem(String adapter, String file, int line, String key, String message, Severity severity) {

  /** How bad it is. */
  public enum Severity {
    /** The definition cannot be used. */
    ERROR,
    /** The definition can be used, but probably does not do what was meant. */
    WARNING
  }

  /** {@code file:line: key: what is wrong; what is allowed}. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
