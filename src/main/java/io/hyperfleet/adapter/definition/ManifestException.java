package io.hyperfleet.adapter.definition;

/**
 * A manifest that cannot be rendered for a cluster. The message names file, line, key and expression, and contains no
 * values of the cluster.
 */
public class ManifestException extends RuntimeException {

  ManifestException(String file, int line, String key, String message, Throwable cause) {
    super("%s:%d: %s: %s".formatted(file, line, key, message), cause);
  }
}
