package io.hyperfleet.dryrun;

/** An input of a dry run that cannot be used; the message says which, what is wrong and what is allowed. */
public class InputException extends RuntimeException {

  InputException(String message) {
    super(message);
  }

  InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
