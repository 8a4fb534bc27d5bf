package io.hyperfleet.json;

/** What PostgreSQL cannot store in a text: U+0000, and an unpaired surrogate. */
public final class StorableText {

  private StorableText() {}

  /** Why text cannot be stored, to follow "has"; null if it can. */
  public static String flaw(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "U+0000";
      }
      if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "an unpaired surrogate";
      }
    }
    return null;
  }
}
