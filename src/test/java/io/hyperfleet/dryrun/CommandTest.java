package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands of the jar over files of a folder, and keeps what they print. */
abstract class CommandTest {

  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path directory;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  void write(String file, String text) throws IOException {
    Files.createDirectories(directory.resolve(file).getParent());
    Files.writeString(directory.resolve(file), text);
  }

  int run(String... args) {
    return HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  JsonNode json() throws IOException {
    return JSON.readTree(out.toString());
  }
}
