package io.hyperfleet.cli;

/** How a command on a fleet ends; scripts decide by it. 1 and 3 are those of the commands on adapters. */
public enum Exit {
  /** Done, or nothing was left to do. */
  DONE(0),
  /** Arguments, the configuration file, or a request that the API finds wrong. */
  WRONG(2),
  /** There is no such thing. */
  NOT_FOUND(4),
  /** The token is missing, not valid, or may not do this. */
  NOT_ALLOWED(5),
  /** The state forbids it. */
  CONFLICT(6),
  /** The API does not answer, or cannot for now; trying again may help. */
  AWAY(7),
  /** What was waited for did not come in time. */
  NOT_YET(8);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** What the process ends with. */
  public int code() {
    return code;
  }

  /** What an error of the API, 400 or more, means to a command. */
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
