package io.hyperfleet.yaml;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes four characters as {@code \\uXXXX}, whose short forms not every reader of YAML 1.2 knows. The library writes
 * each of its escapes by a call of its own, which is how they are told from text.
 */
final class PortableEscapes extends FilterWriter {

  private static final Map<String, String> ESCAPES = Map.of("\\N", "\\u0085", "\\_", "\\u00a0", "\\L", "\\u2028", "\\P",
      "\\u2029");
  private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("\\\\[N_LP]");

  PortableEscapes(Writer out) {
    super(out);
  }

  /** Whether a text would be taken for an escape if it stood without quotes. */
  static boolean isAmbiguous(String text) {
    return LOOKS_LIKE_ONE.matcher(text).find();
  }

  @Override
  public void write(String text) throws IOException {
    out.write(ESCAPES.getOrDefault(text, text));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.substring(offset, offset + length));
  }
}
