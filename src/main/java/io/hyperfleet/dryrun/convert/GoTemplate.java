package io.hyperfleet.dryrun.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text of Go's text/template, cut into its parts. */
final class GoTemplate {

  /** A part. */
  sealed interface Part {}

  /** Text as it is. */
  record Text(String text) implements Part {}

  /** A pipeline whose value is written. */
  record Value(String pipeline) implements Part {}

  /** {@code if}; an {@code else if} stands in the parts of {@code otherwise}. */
  record If(String condition, List<Part> then, List<Part> otherwise) implements Part {}

  /** {@code range}, with its clause as it was written. */
  record Range(String clause, List<Part> body) implements Part {}

  private static final Pattern LAST_BLANKS = Pattern.compile("\\s+$");

  private final String text;
  private int at;
  private boolean trim;

  private GoTemplate(String text) {
    this.text = text;
  }

  /**
   * The parts of a text.
   *
   * @throws Unconvertible when an action is none of those that are known, or has no end
   */
  static List<Part> parse(String text) {
    var template = new GoTemplate(text);
    var parts = template.parts();
    if (template.ended != null) {
      throw new Unconvertible("{{ " + template.ended + " }} without its beginning");
    }
    return parts;
  }

  /** The action that ended the parts read last: {@code end}, {@code else}, {@code else if ...}; null for the end. */
  private String ended;

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    while (true) {
      int open = text.indexOf("{{", at);
      addText(parts, text.substring(at, open < 0 ? text.length() : open), open >= 0 && text.startsWith("{{- ", open));
      if (open < 0) {
        at = text.length();
        ended = null;
        return parts;
      }
      var action = action(open);
      var word = action.split("\\s+", 2)[0];
      switch (word) {
        case "end", "else" -> {
          ended = action;
          return parts;
        }
        case "if" -> parts.add(condition(action.substring(2).strip()));
        case "range" -> {
          var body = parts();
          expectEnd("range");
          parts.add(new Range(action.substring(5).strip(), body));
        }
        case "with", "define", "template", "block", "break", "continue" ->
          throw new Unconvertible("{{ " + action + " }} has no counterpart");
        default -> {
          if (!action.startsWith("/*")) {
            parts.add(new Value(action));
          }
        }
      }
    }
  }

  private If condition(String condition) {
    var then = parts();
    if (ended != null && ended.startsWith("else")) {
      var more = ended.substring(4).strip();
      if (more.startsWith("if ")) {
        return new If(condition, then, List.of(condition(more.substring(3).strip())));
      }
      var otherwise = parts();
      expectEnd("if");
      return new If(condition, then, otherwise);
    }
    expectEnd("if");
    return new If(condition, then, List.of());
  }

  private void expectEnd(String of) {
    if (!"end".equals(ended)) {
      throw new Unconvertible("{{ " + of + " }} without its {{ end }}");
    }
    ended = null;
  }

  private void addText(List<Part> parts, String piece, boolean trimEnd) {
    var kept = trim ? piece.stripLeading() : piece;
    kept = trimEnd ? LAST_BLANKS.matcher(kept).replaceAll("") : kept;
    if (!kept.isEmpty()) {
      parts.add(new Text(kept));
    }
  }

  private String action(int open) {
    int from = open + (text.startsWith("{{- ", open) ? 3 : 2);
    int end = from;
    char quote = 0;
    while (end < text.length() && (quote != 0 || !text.startsWith("}}", end))) {
      char c = text.charAt(end);
      if (quote == 0 && (c == '"' || c == '`')) {
        quote = c;
      } else if (quote == '"' && c == '\\') {
        end++;
      } else if (c == quote) {
        quote = 0;
      }
      end++;
    }
    if (end >= text.length()) {
      throw new Unconvertible("{{ without its }}");
    }
    at = end + 2;
    var action = text.substring(from, end);
    trim = action.endsWith(" -");
    return (trim ? action.substring(0, action.length() - 1) : action).strip();
  }
}
