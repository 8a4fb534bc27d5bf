package io.hyperfleet.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Commands as a shell would read them, as far as the documentation needs it. */
public final class Shell {

  private static final Pattern PIECE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)|(\\s+)");

  private Shell() {}

  /** The commands of a text, each on one line, without comments. */
  public static List<String> commands(String text) {
    return text.replaceAll("\\\\\\n\\s*", "").lines().map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
  }

  /**
   * The words of a command, without their quotes.
   *
   * @param variables values of variables, which are filled in where there are no single quotes
   */
  public static List<String> words(String command, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    var pieces = PIECE.matcher(command);
    while (pieces.find()) {
      if (pieces.group(4) != null) {
        words.add(word.toString());
        word.setLength(0);
      } else if (pieces.group(1) != null) {
        word.append(pieces.group(1));
      } else {
        var text = pieces.group(2) != null ? pieces.group(2) : pieces.group(3);
        for (var variable : variables.entrySet()) {
          text = text.replace("$" + variable.getKey(), variable.getValue());
        }
        word.append(text);
      }
    }
    words.add(word.toString());
    return words;
  }
}
