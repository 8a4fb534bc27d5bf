package io.hyperfleet.console;

import java.util.function.Supplier;

/**
 * The result of an action for its user.
 *
 * @param done whether the API accepted it
 * @param words its message
 */
record Outcome(boolean done, String words) {

  /** Performs an action and returns its result; an unreachable API is handled as everywhere. */
  static Outcome of(Supplier<String> action) {
    try {
      return new Outcome(true, action.get());
    } catch (ApiRefusal e) {
      return new Outcome(false,
          e.isUnknownPath() ? "This API is older than the console and does not support this action." : e.getMessage());
    }
  }
}
