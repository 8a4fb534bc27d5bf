package io.hyperfleet.policy;

/**
 * Placeholder for results of expressions in a manifest that is not rendered yet. A check at load time treats it as any
 * value of its type; the same check sees the result when the manifest is rendered.
 */
public enum Unknown {
  /** A value or key of any type. */
  VALUE,
  /** Text: an expression among other characters. */
  TEXT
}
