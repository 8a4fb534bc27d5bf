package io.hyperfleet.console;

/** The API does not answer. The message says what was tried, for the page. */
final class ApiAway extends RuntimeException {

  ApiAway(String message, Throwable cause) {
    super(message, cause);
  }
}
