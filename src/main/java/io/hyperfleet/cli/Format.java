package io.hyperfleet.cli;

/** How answers are printed. */
enum Format {
  /** Columns for people. */
  table,
  /** More columns. */
  wide,
  /** The API's answer. */
  json,
  /** The same as YAML. */
  yaml;

  boolean structured() {
    return this == json || this == yaml;
  }
}
