package io.hyperfleet.broker;

/** An existing subscription is unsuitable; the message has the problem and what to do. */
class SubscriptionMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SubscriptionMismatchException(String message) {
    super(message);
  }
}
