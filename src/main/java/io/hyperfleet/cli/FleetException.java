package io.hyperfleet.cli;

/**
 * A failed command; the message has the reason and what to do, and must be cleaned before printing.
 */
public class FleetException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Exit exit;

  /** A failure with an exit code. */
  public FleetException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** The same with a cause. */
  public FleetException(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /** How the command ends. */
  public Exit exit() {
    return exit;
  }
}
