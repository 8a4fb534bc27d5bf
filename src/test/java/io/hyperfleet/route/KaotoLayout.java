package io.hyperfleet.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes a route file as Kaoto saves it, 2.11 or newer: with the keys in the order in which they stand, two blanks a
 * level, quotes only where the text would be read as something else, and texts wrapped at 80 columns. What Kaoto would
 * write in one of the rarer forms, such as a quoted text over several lines, is refused: it is better written in
 * another way.
 */
final class KaotoLayout {

  private static final int WIDTH = 80;
  private static final int LEAST_CONTENT = 20;

  /** What a text without quotes may not be, for YAML would read an indicator, a key or a comment into it. */
  private static final Pattern NOT_PLAIN = Pattern
      .compile("^[\\n\\t ,\\[\\]{}#&*!|>'\"%@`]|^[?-]$|^[?-][ \\t]|[\\n:][ \\t]|[ \\t]\\n|[\\n\\t ]#|[\\n\\t :]$");
  /** What other readers take for a boolean or a number, beside what ours does. */
  private static final Pattern NO_TEXT_ELSEWHERE = Pattern.compile("[yYnN]|[-+]?\\d[\\d_]*");
  private static final Resolver TYPES = new Resolver();

  /** What stands in a file, in the order in which it is saved; what is not named, such as a template, comes last. */
  private static final List<String> ENTRIES = List.of("restConfiguration", "rest", "errorHandler", "onException",
      "onCompletion",
      "intercept", "interceptFrom", "interceptSendToEndpoint", "routeConfiguration", "route", "beans");

  private final StringBuilder out = new StringBuilder();

  private KaotoLayout() {
  }

  /** The text of the file, its comment at the top as it is. */
  static String of(RouteFile file) {
    var layout = new KaotoLayout();
    file.text().lines().takeWhile(line -> line.isBlank() || line.startsWith("#"))
        .forEach(line -> layout.out.append(line).append('\n'));
    layout.list(file.entries().stream().sorted(Comparator.comparing(KaotoLayout::place)).toList(), 0);
    return layout.out.toString();
  }

  private static int place(Map<String, Object> entry) {
    int place = ENTRIES.indexOf(entry.keySet().iterator().next());
    return place < 0 ? ENTRIES.size() : place;
  }

  private void list(List<?> list, int indent) {
    for (Object item : list) {
      out.append(" ".repeat(indent)).append("- ");
      if (item instanceof Map<?, ?> map) {
        map(map, indent + 2);
      } else {
        scalar(item, indent + 2, 0);
        out.append('\n');
      }
    }
  }

  /** Writes on from where the first key stands. */
  private void map(Map<?, ?> map, int indent) {
    var separator = "";
    for (var entry : map.entrySet()) {
      var key = entry.getKey() + ":";
      out.append(separator).append(key);
      if (entry.getValue() instanceof Map<?, ?> child && !child.isEmpty()) {
        out.append('\n').append(" ".repeat(indent + 2));
        map(child, indent + 2);
      } else if (entry.getValue() instanceof List<?> child && !child.isEmpty()) {
        out.append('\n');
        list(child, indent + 2);
      } else {
        out.append(' ');
        scalar(entry.getValue(), indent + 2, key.length() + 1);
        out.append('\n');
      }
      separator = " ".repeat(indent);
    }
  }

  private void scalar(Object value, int indent, int column) {
    if (!(value instanceof String text)) {
      out.append(value instanceof Map ? "{}" : value);
    } else if (text.contains("\n")) {
      block(text, indent);
    } else if (NOT_PLAIN.matcher(text).find() || isOfAnotherType(text)) {
      quoted(text, indent);
    } else {
      plain(text, indent, column);
    }
  }

  private static boolean isOfAnotherType(String text) {
    return !TYPES.resolve(NodeId.scalar, text, true).equals(Tag.STR) || NO_TEXT_ELSEWHERE.matcher(text).matches();
  }

  private void block(String text, int indent) {
    check(text.lines().allMatch(line -> line.length() <= WIDTH - indent) && text.equals(text.strip()),
        "break it into lines that fit %d columns, without blanks at the ends: %s".formatted(WIDTH, text));
    out.append("|-");
    text.lines().forEach(line -> out.append('\n').append(line.isEmpty() ? "" : " ".repeat(indent)).append(line));
  }

  private void quoted(String text, int indent) {
    var quoted = text.contains("\"") && !text.contains("'")
        ? "'" + text + "'"
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    check(quoted.length() <= WIDTH - indent,
        "too long for a text in quotes, write it as a block over several lines: " + text);
    out.append(quoted);
  }

  /** Wraps before the width is passed, at single blanks; what has none goes beyond it. */
  private void plain(String text, int indent, int column) {
    int step = Math.max(1 + LEAST_CONTENT, 1 + WIDTH - indent);
    if (text.length() <= step) {
      out.append(text);
      return;
    }
    int start = 0;
    int blank = -1;
    int end = WIDTH - (column == 0 ? indent : column);
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ') {
        blank = i;
      }
      if (i >= end && blank > 0) {
        out.append(text, start, blank).append('\n').append(" ".repeat(indent));
        start = blank + 1;
        end = blank + step;
        blank = -1;
      }
    }
    out.append(text, start, text.length());
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
