package io.hyperfleet.local;

/** A local service cannot start; the message says why and what to set. */
class LocalServiceException extends RuntimeException {

  LocalServiceException(IllegalStateException cause) {
    super(cause.getMessage(), cause);
  }
}
