package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adapters of HyperFleet's Go framework become folders of ours. A case is a folder of
 * {@code src/test/resources/import}: {@code in} is what is imported, {@code out} the folder that comes of it,
 * {@code import.txt} what the command says, and {@code cases} are dry runs of it. With {@code -Dreference.write=true}
 * all but the inputs are written.
 */
class ImportCommandTest extends CommandTest {

  private static final Path CASES = Path.of("src/test/resources/import");
  private static final boolean WRITE = Boolean.getBoolean("reference.write");

  static Stream<String> cases() throws IOException {
    try (var folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void becomesAFolderThatDoesTheSame(String name) throws IOException {
    var from = CASES.resolve(name);
    var to = directory.resolve(name);
    var arguments = new ArrayList<>(List.of("adapter", "import", from.resolve("in").toString(), "--to", to.toString()));
    if (Files.exists(from.resolve("arguments.txt"))) {
      arguments.addAll(List.of(Files.readString(from.resolve("arguments.txt")).strip().split(" ")));
    }

    int code = run(arguments.toArray(String[]::new));

    var said = "exit code " + code + "\n\n" + out.toString().replace(directory.toString(), "WORK");
    assertThat(err.toString()).isEmpty();
    if (WRITE) {
      Files.writeString(from.resolve("import.txt"), said);
    }
    assertThat(said).isEqualTo(Files.readString(from.resolve("import.txt")));
    boolean todo = said.contains("TODO");
    assertThat(code).isEqualTo(todo ? 3 : 0);
    compare(to, from.resolve("out").resolve(name));
    if (Files.exists(from.resolve("cases"))) {
      tries(to, from.resolve("cases"));
    } else {
      assertThat(todo).as("what is complete is tried").isTrue();
    }
  }

  private static void compare(Path written, Path expected) throws IOException {
    for (Path file : files(written)) {
      var wanted = expected.resolve(written.relativize(file));
      if (WRITE) {
        Files.createDirectories(wanted.getParent());
        Files.copy(file, wanted, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      assertThat(file).hasSameTextualContentAs(wanted);
    }
    assertThat(files(written)).hasSameSizeAs(files(expected));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void tries(Path adapter, Path cases) {
    var arguments = new ArrayList<>(List.of("adapter", "test", "--adapter", adapter.toString(), "--cases",
        cases.toString()));
    if (WRITE) {
      arguments.add("--record");
    }
    assertThat(run(arguments.toArray(String[]::new))).as(out.toString()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      nothing                    |                                                | not a readable folder
      empty                      |                                                | no task configuration found
      two                        |                                                | several task configurations
      nameless                   |                                                | no file says the adapter's name; set one with --name
      nameless                   | --name Not_One                                 | is not a valid adapter name
      nameless                   | --name fine --to WORK/other                    | the folder must have the adapter's name, fine
      there                      | --to WORK/there                                | already exists
      lost                       | --name lost                                    | refers to it by ref: gone.yaml
      outside                    | --name outside                                 | which is outside the folder
      """)
  void refusesWhatItCannotImport(String folder, String arguments, String message) throws IOException {
    Files.createDirectories(directory.resolve("empty"));
    write("two/a.yaml", "params: []");
    write("two/b.yaml", "resources: []");
    write("nameless/task.yaml", "params: []");
    write("there/task.yaml", "params: []");
    write("there/adapter.yaml", "mine");
    write("lost/task.yaml", "resources: [{name: x, manifest: {ref: gone.yaml}}]");
    write("outside/task.yaml", "resources: [{name: x, manifest: {ref: ../two/a.yaml}}]");
    var all = new ArrayList<>(List.of("adapter", "import", directory.resolve(folder).toString()));
    if (arguments != null) {
      all.addAll(List.of(arguments.replace("WORK", directory.toString()).split(" ")));
    }

    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);

    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theCommandOfThePageWorks() {
    var command = Page.of(Path.of("docs/migration.md")).commands("java").stream()
        .filter(line -> line.contains(" import ")).findFirst().orElseThrow();

    assertThat(run(command.replace("java -jar hyperfleet.jar ", "")
        .replace("cl-settings", CASES.resolve("parameters/in").toString())
        .replace("my-settings", directory.resolve("my-settings").toString()).split(" "))).as(out + "" + err).isZero();
    assertThat(directory.resolve("my-settings/settings.yaml")).content().contains("${adapter.parameters.zone}");
  }

  @Test
  void everyFeatureOfItsTextsIsInACase() throws IOException {
    var all = new StringBuilder();
    for (Path file : files(CASES)) {
      if (file.toString().contains("/in/")) {
        all.append(Files.readString(file));
      }
    }
    assertThat(all.toString()).contains("event.id", "env.", "api_call", "expression", "equals", "notEquals", "capture",
        "ref:", "| lower", "{{- if", "{{- range", "by_name", "by_selectors", "nested_discoveries", "lifecycle",
        "orValue", "filter(", "size()", "has(", "exists(", "timestamp(", "toJson(");
  }
}
