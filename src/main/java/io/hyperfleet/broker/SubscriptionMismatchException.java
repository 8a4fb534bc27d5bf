package io.hyperfleet.broker;

/** A subscription is there, but not as this process needs it; the message says what is wrong and what to do. */
class SubscriptionMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SubscriptionMismatchException(String message) {
    super(message);
  }
}
