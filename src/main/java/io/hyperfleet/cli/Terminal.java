package io.hyperfleet.cli;

import java.util.Map;

/** Terminal control: colours and cursor movement, on a terminal only. */
public record Terminal(boolean terminal, boolean colours) {

  /** Set by {@code bin/hyperfleet} when its output is a terminal. */
  private static final String PROPERTY = "hyperfleet.terminal";

  private static final String RESET = "\u001b[0m";
  private static final String CLEAR = "\u001b[H\u001b[2J";

  /** Colours for states. */
  enum Colour {
    GOOD("\u001b[32m"), BAD("\u001b[31m"), BUSY("\u001b[33m"), PLAIN("");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  /** The output of this process. */
  public static Terminal detect() {
    return of(System.getenv(), Boolean.getBoolean(PROPERTY));
  }

  static Terminal of(Map<String, String> environment, boolean terminal) {
    return new Terminal(terminal, terminal && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM")));
  }

  String coloured(String text, Colour colour) {
    return colours && colour != Colour.PLAIN && !text.isBlank() ? colour.code + text + RESET : text;
  }

  /** The sequence printed before a refresh. */
  String redraw() {
    return terminal ? CLEAR : "";
  }
}
