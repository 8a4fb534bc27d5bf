package io.hyperfleet.local;

/** A local service cannot start; the message says why and what to set. */
public class LocalServiceException extends IllegalStateException {

  public LocalServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
