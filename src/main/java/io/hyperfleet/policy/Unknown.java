package io.hyperfleet.policy;

/**
 * Stands in a manifest that is not rendered yet for what its expressions will yield. A check made when the manifest is
 * loaded takes it for anything of its type; the same check sees the result when the manifest is rendered.
 */
public enum Unknown {
  /** A value or key of any type. */
  VALUE,
  /** A text: an expression stands in it beside other characters. */
  TEXT
}
