package io.hyperfleet.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One statement of {@code classpath:sql/}, read once when the class that uses it is loaded. */
public final class SqlFile {

  private SqlFile() {}

  /**
   * The text of a statement.
   *
   * @param name file name without folder and ending
   * @throws IllegalStateException when there is no such file
   */
  public static String read(String name) {
    try (var in = SqlFile.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no statement sql/" + name + ".sql on the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
