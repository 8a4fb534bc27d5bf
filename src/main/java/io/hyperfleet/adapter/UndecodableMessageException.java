package io.hyperfleet.adapter;

/** A message that is not a CloudEvent about a resource. */
public class UndecodableMessageException extends RuntimeException {

  UndecodableMessageException(String message) {
    super(message);
  }
}
