package io.hyperfleet.cli;

import java.util.List;
import java.util.Random;

/** Texts that would move a cursor, colour, hide, reverse or type, between ordinary ones; the same ones for a seed. */
final class HostileText {

  private static final List<String> PIECES = List.of("\u001b[2J", "\u001b[H", "\u001b]0;title\u0007",
      "\u001b]52;c;cm0=\u0007",
      "\u009b31m", "\u009d0;x\u009c", "\u001bP$q\u001b\\", "\r", "\n", "\t", "\b\b\b", "\u007f", "\u0000", "\u0085",
      "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\ud800", "\udc00", "\ue000",
      "\udb40\udc41", "\u001b[1A\u001b[2K", "\u000e", "\u001bc", "$(reboot)", "`id`", "'; drop", "\"", "\\", "\\u001b",
      "e\u0301",
      "\u00e9", "\u65e5\u672c", "\ud83d\ude00", "%s%n", "${env:HOME}", "a", "dns", " ", "-");

  private HostileText() {}

  static String of(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(random.nextInt(4) == 0
          ? String.valueOf((char) random.nextInt(0x3000))
          : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
