package io.hyperfleet.cli;

/** Exit codes of commands on a fleet, for scripts. 1 and 3 are used by the commands on adapters. */
public enum Exit {
  /** Done, or nothing to do. */
  DONE(0),
  /** Invalid arguments, configuration file or request. */
  WRONG(2),
  /** Not found. */
  NOT_FOUND(4),
  /** The token is missing, invalid or lacks permission. */
  NOT_ALLOWED(5),
  /** Not allowed in the current state. */
  CONFLICT(6),
  /** The API does not respond or is unavailable; retrying may help. */
  AWAY(7),
  /** Timed out. */
  NOT_YET(8);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }

  /** The exit code for an error response of the API, 400 or more. */
  static Exit of(int status) {
    return switch (status) {
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      case 409 -> CONFLICT;
      case 408, 429 -> AWAY;
      default -> status < 500 ? WRONG : AWAY;
    };
  }
}
