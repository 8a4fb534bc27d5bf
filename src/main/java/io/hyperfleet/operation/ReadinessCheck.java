package io.hyperfleet.operation;

/** One thing that a process needs before it can do its work. */
public interface ReadinessCheck {

  /** The word for a check that passes. */
  String OK = "ok";

  /** The name in {@code /readyz}. */
  String name();

  /** {@link #OK}, or what is missing in words for an operator; no longer than 3 s, never an exception's stack. */
  String check();
}
