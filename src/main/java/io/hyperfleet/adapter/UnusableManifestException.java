package io.hyperfleet.adapter;

/** A manifest that cannot become the resource that is wanted; the message says why, for the adapter's report. */
public class UnusableManifestException extends RuntimeException {

  UnusableManifestException(String message) {
    super(message);
  }

  UnusableManifestException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The status with which Kubernetes refuses an invalid object; routes treat both alike. */
  public int getCode() {
    return 422;
  }
}
