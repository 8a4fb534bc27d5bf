package io.hyperfleet.log;

import java.util.Collections;
import java.util.IdentityHashMap;

/** The message of a failure, for messages and logs. */
public final class FailureMessage {

  private FailureMessage() {}

  /**
   * The first message among a failure and its causes; where none of them has one, the name of the innermost class.
   * Never empty, and never {@code null}.
   */
  public static String of(Throwable failure) {
    var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
    var innermost = failure;
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      var message = cause.getMessage();
      if (message != null && !message.isBlank() && !message.equals("null")) {
        return message.strip();
      }
      innermost = cause;
    }
    return innermost.getClass().getSimpleName().isEmpty()
        ? innermost.getClass().getName()
        : innermost.getClass().getSimpleName();
  }
}
