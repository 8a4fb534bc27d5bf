package io.hyperfleet.dryrun.input;

/** An invalid input of a dry run; the message names it, the problem and what is allowed. */
public class InputException extends RuntimeException {

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
