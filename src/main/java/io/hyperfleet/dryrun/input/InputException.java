package io.hyperfleet.dryrun.input;

/** An input of a dry run that cannot be used; the message says which, what is wrong and what is allowed. */
public class InputException extends RuntimeException {

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
