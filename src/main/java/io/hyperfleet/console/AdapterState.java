package io.hyperfleet.console;

import java.util.Locale;

/** State of an adapter for a resource, the worst first. */
enum AdapterState {
  FAILED("red", "✕"), NOT_REPORTED("orange", "?"), WAITING("yellow", "…"), IN_PROGRESS("blue", "▶"), FINALIZED("grey",
      "–"), AVAILABLE("green", "✓");

  private final String colour;
  private final String sign;

  AdapterState(String colour, String sign) {
    this.colour = colour;
    this.sign = sign;
  }

  /** The state of that name, as the API counts it; null for another name. */
  static AdapterState of(String word) {
    for (var state : values()) {
      if (state.key().equals(word)) {
        return state;
      }
    }
    return null;
  }

  /** The API's name of it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return key().replace('_', ' ');
  }

  /** A colour of PatternFly's labels. */
  public String colour() {
    return colour;
  }

  /** A sign for people who cannot distinguish colours. */
  public String sign() {
    return sign;
  }
}
