package io.hyperfleet.dryrun.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hyperfleet.dryrun.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged are imported, with what is left to do, or refused in words; nothing else comes of them. */
class BrokenImportsTest {

  private static final int INPUTS = 1000;
  private static final List<String> TOKENS = List.of("{{", "}}", "{{ end }}", "{{ if .x }}", "{{ range .x }}", "[", "{",
      ":",
      "- ", "\"", "'", "null", "5", "true", "${", "? a", "&a", "*a", "\t", "#");

  @TempDir
  Path directory;

  private final Random random = new Random(19);

  @Test
  void areImportedOrRefusedInWords() throws IOException {
    var cases = new ArrayList<Path>();
    try (var folders = Files.list(Path.of("src/test/resources/import"))) {
      folders.sorted().map(folder -> folder.resolve("in")).forEach(cases::add);
    }
    int imported = 0;
    for (int i = 0; i < INPUTS; i++) {
      var folder = Files.createDirectory(directory.resolve("in" + i));
      var from = cases.get(random.nextInt(cases.size()));
      try (var files = Files.list(from)) {
        for (Path file : files.sorted().toList()) {
          Files.writeString(folder.resolve(file.getFileName()), damaged(Files.readString(file)));
        }
      }
      try {
        assertThat(AdapterImport.of(folder, "damaged", Map.of()).definition()).containsKey("spec");
        imported++;
      } catch (InputException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception");
      } catch (RuntimeException e) {
        fail("input " + i + " of " + from + " in " + folder, e);
      }
    }
    assertThat(imported).isBetween(INPUTS / 10, INPUTS - 1);
  }

  private String damaged(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    for (int n = random.nextInt(3); n > 0 && !lines.isEmpty(); n--) {
      int at = random.nextInt(lines.size());
      var line = lines.get(at);
      int column = random.nextInt(line.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.set(at, line.substring(0, column));
        case 2 -> lines.set(at, line.substring(0, column) + TOKENS.get(random.nextInt(TOKENS.size()))
            + line.substring(column));
        default -> lines.set(at, line.replaceFirst(":.*$",
            Matcher.quoteReplacement(": " + TOKENS.get(random.nextInt(TOKENS.size())))));
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
