package io.hyperfleet.adapter;

/** A manifest that cannot become the resource that is wanted; the message says why, for the adapter's report. */
public class UnusableManifestException extends RuntimeException {

  UnusableManifestException(String message) {
    super(message);
  }

  UnusableManifestException(String message, Throwable cause) {
    super(message, cause);
  }
}
