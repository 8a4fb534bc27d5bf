package io.hyperfleet.cli;

/**
 * A command that cannot do what it was asked to; the message says why and what to do, and is not safe to print as it
 * is.
 */
public class FleetException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Exit exit;

  /** A failure that ends a command in that way. */
  public FleetException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** The same with what caused it. */
  public FleetException(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /** How the command ends. */
  public Exit exit() {
    return exit;
  }
}
