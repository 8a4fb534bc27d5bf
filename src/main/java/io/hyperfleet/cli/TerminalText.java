package io.hyperfleet.cli;

import java.util.Locale;

/**
 * Cleans untrusted text for a terminal. Names and messages come from users, adapters and what they call: a control
 * sequence in them could move the cursor, overwrite lines or enter commands.
 */
public final class TerminalText {

  private TerminalText() {}

  /**
   * The text with everything escaped that is not a visible character or space: control characters of both sets, line
   * breaks among them, marks of direction and other invisible format characters, and halves of surrogate pairs.
   */
  public static String clean(String text) {
    if (text.codePoints().allMatch(TerminalText::visible)) {
      return text;
    }
    var clean = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> {
      if (visible(point)) {
        clean.appendCodePoint(point);
      } else {
        clean.append(spelled(point));
      }
    });
    return clean.toString();
  }

  private static String spelled(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> point > Character.MAX_VALUE
          ? String.format(Locale.ROOT, "\\U%08x", point)
          : String.format(Locale.ROOT, "\\u%04x", point);
    };
  }

  static boolean visible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
        false;
      default -> true;
    };
  }
}
