package io.hyperfleet.policy;

/**
 * A policy violation of a manifest.
 *
 * @param path where, such as {@code spec.template.spec.containers[0].ports[0].hostPort}; empty for the whole manifest
 * @param message what is wrong and what is allowed
 * @param key the configuration key by which an operator can allow it; empty when none can
 */
public record Violation(String path, String message, String key) {

  /** The problem and how to allow it, without the path. */
  public String words() {
    return message + (key.isEmpty() ? "" : " (" + key + ")");
  }

  /** {@code path: what is wrong; what is allowed (key)}. */
  @Override
  public String toString() {
    return (path.isEmpty() ? "" : path + ": ") + words();
  }
}
