package io.hyperfleet.cli;

/** Output formats. */
enum Format {
  /** Columns. */
  table,
  /** More columns. */
  wide,
  /** JSON as returned by the API. */
  json,
  /** YAML. */
  yaml;

  boolean structured() {
    return this == json || this == yaml;
  }
}
