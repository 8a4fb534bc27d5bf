package io.hyperfleet.outbox;

/** A row that can never be published, whatever state the broker is in. */
class UnpublishableRowException extends RuntimeException {

  UnpublishableRowException(String message) {
    super(message);
  }
}
