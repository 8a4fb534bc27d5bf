package io.hyperfleet.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The one-word status of a resource. */
public enum Phase {
  READY("Ready"), NOT_READY("NotReady");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }

  /** The phase that a word means, or null. "Not Ready" is NotReady, and Validated, the milestone, is Ready. */
  public static Phase of(String text) {
    return switch (text.replace(" ", "").toLowerCase(Locale.ROOT)) {
      case "ready", "validated" -> READY;
      case "notready" -> NOT_READY;
      default -> null;
    };
  }
}
