package io.hyperfleet.outbox;

/** A row that can never be published, regardless of the state of the broker. */
class UnpublishableRowException extends RuntimeException {

  UnpublishableRowException(String message) {
    super(message);
  }
}
