package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages, and parts of pages, that are made from what they describe. {@code -Dreference.write=true} writes instead of
 * comparing.
 */
public final class GeneratedPage {

  private GeneratedPage() {}

  /** The page is as wanted. */
  public static void assertIs(Class<?> test, Path page, String wanted) {
    try {
      if (Boolean.getBoolean("reference.write")) {
        Files.writeString(page, wanted);
      }
      assertThat(Files.readString(page)).as("written again by " + command(test)).isEqualTo(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The part of the page between two markers is as wanted.
   *
   * @param end marker behind the part; empty for the page's end
   */
  public static void assertPartIs(Class<?> test, Path page, String begin, String end, String wanted) {
    var written = Page.of(page).text();
    assertThat(written).contains(begin, end);
    int from = written.indexOf(begin) + begin.length();
    int to = end.isEmpty() ? written.length() : written.indexOf(end, from);
    assertIs(test, page, written.substring(0, from) + wanted + written.substring(to));
  }

  /** The command that writes what the test compares. */
  public static String command(Class<?> test) {
    return "./mvnw test -Dtest=" + test.getSimpleName() + " -Dreference.write=true";
  }

  /** Text in a cell of a table. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  /** A value in a cell of a table. */
  static String code(String text) {
    return text.isEmpty() ? "empty" : "`" + text.replace("|", "\\|") + "`";
  }

  static String code(JsonNode value) {
    return code(value.isTextual() ? value.asText() : value.toString());
  }
}
