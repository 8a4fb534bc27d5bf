package io.hyperfleet.json;

import java.util.regex.Pattern;

/**
 * The path of a value in a body, for errors: {@code spec.pools[2].name}, {@code labels[region]}, {@code
 * spec[a.b]}. Truncated at 200 characters, with unprintable characters escaped.
 *
 * @param parent null for the body itself
 * @param name a key, or the number of an item
 */
public record JsonLocation(JsonLocation parent, Object name) {

  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final int LONGEST = 200;

  /** The body itself. */
  public static final JsonLocation BODY = new JsonLocation(null, "");

  public JsonLocation at(Object inner) {
    return new JsonLocation(this, inner);
  }

  @Override
  public String toString() {
    var path = new StringBuilder();
    append(path);
    return path.length() <= LONGEST ? path.toString() : path.substring(0, LONGEST) + "...";
  }

  private void append(StringBuilder path) {
    if (parent == null) {
      return;
    }
    parent.append(path);
    if (name instanceof String key && SIMPLE.matcher(key).matches() && !path.toString().equals("labels")) {
      path.append(path.isEmpty() ? "" : ".").append(key);
    } else {
      path.append('[').append(printable(String.valueOf(name))).append(']');
    }
  }

  private static String printable(String key) {
    var shown = new StringBuilder();
    key.codePoints().limit(LONGEST).forEach(c -> {
      if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
          || Character.getType(c) == Character.FORMAT) {
        shown.append("\\u%04X".formatted(c));
      } else {
        shown.appendCodePoint(c);
      }
    });
    return shown.toString();
  }
}
