package io.hyperfleet.console;

import java.util.function.Supplier;

/**
 * How an action ended, for who asked for it.
 *
 * @param done whether the API took it
 * @param words what it said
 */
record Outcome(boolean done, String words) {

  /** Does something at the API, and tells what came of it; an API that is away is told as everywhere. */
  static Outcome of(Supplier<String> action) {
    try {
      return new Outcome(true, action.get());
    } catch (ApiRefusal e) {
      return new Outcome(false,
          e.isUnknownPath() ? "This API is older than the page and cannot do that." : e.getMessage());
    }
  }
}
