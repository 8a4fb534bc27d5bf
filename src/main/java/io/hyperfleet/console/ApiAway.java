package io.hyperfleet.console;

/** The API does not respond. The message is for the page. */
final class ApiAway extends RuntimeException {

  ApiAway(String message, Throwable cause) {
    super(message, cause);
  }
}
