package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.dryrun.input.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code adapter new} writes works as it is, and editors find the schema of every adapter that we ship. */
class NewAdapterCommandTest extends CommandTest {

  private static final String MODELINE = "# yaml-language-server: $schema=";

  private String folder(String name) {
    return directory.resolve(name).toString();
  }

  private int adapter(String command, String... more) {
    var args = new ArrayList<>(List.of("adapter", command));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "one | ", "two | --precondition dns", "three-3 | --template resource-adapter",
      "four | --for NodePool --precondition validation,machines",
      "five | --template resource-adapter --for NodePool --precondition machines",
      "n | --precondition y,null,true,in", "no | --template resource-adapter --precondition off",
      "six | --precondition dns --precondition not-there"})
  void whatItWritesLintsTriesAndTestsGreen(String name, String options) throws IOException {
    var args = Stream.concat(Stream.of(folder(name)), options == null ? Stream.of() : Stream.of(options.split(" ")));

    assertThat(adapter("new", args.toArray(String[]::new))).as(out + "" + err).isZero();

    assertThat(adapter("lint", folder(name))).as(out + "" + err).isZero();
    assertThat(adapter("try", "--adapter", folder(name), "--case", folder(name + "/cases/acts"))).isZero();
    assertThat(adapter("test", "--adapter", folder(name))).isZero();
    assertThat(run("test-adapter", "--adapter", folder(name), "--cases", folder(name + "/cases"))).isZero();
    assertThat(out.toString()).contains(": accepted", "Result: OK", "ok      acts", "1 cases, 0 failed");
    assertThat(err.toString()).isEmpty();
    assertThat(schemaOf(directory.resolve(name).resolve("adapter.yaml")))
        .hasSameTextualContentAs(Path.of("src/main/resources/schemas/adapter-v1.json"));
    assertThat(Files.readAllLines(directory.resolve(name).resolve("adapter.yaml"))).hasSizeLessThan(25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Big", "1st", "ends-", "a_b", "a.b", "two words",
      "long-long-long-long-long-long-long-long-1"})
  void refusesNamesThatNoAdapterHas(String name) {
    assertThat(adapter("new", folder(name))).isEqualTo(2);
    assertThat(adapter("new", folder("fine"), "--precondition", name)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2)
        .allMatch(line -> line.contains("is not a valid adapter name; use up to 40 lower-"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesWhatItDoesNotKnowAndOverwritesNothing() throws IOException {
    assertThat(adapter("new")).isEqualTo(2);
    assertThat(adapter("new", folder("mine"), "--template", "operator")).isEqualTo(2);
    assertThat(adapter("new", folder("mine"), "--for", "Banana")).isEqualTo(2);
    assertThat(directory).isEmptyDirectory();
    write("mine/job.yaml", "mine");
    assertThat(adapter("new", folder("mine"))).isEqualTo(2);

    assertThat(err.toString()).contains("Missing required parameter: '<folder>'",
        "--template: unknown template 'operator'; allowed: job-adapter, resource-adapter",
        "expected one of [Cluster, NodePool]", "mine/job.yaml: already exists; choose a new folder");
    assertThat(directory.resolve("mine/adapter.yaml")).doesNotExist();
    assertThat(directory.resolve("mine/job.yaml")).hasContent("mine");
  }

  /** Somebody at a terminal who types these lines. */
  private int ask(String answers, String... args) {
    var questions = new Questions(new BufferedReader(new StringReader(answers)));
    return new CommandLine(new NewAdapterCommand(questions)).setOut(new PrintWriter(out, true))
        .setExecutionExceptionHandler((failure, command, result) -> {
          err.write(failure.getMessage() + "\n");
          return failure instanceof InputException ? 2 : 99;
        }).execute(args);
  }

  @Test
  void asksAtATerminalForWhatIsNotGivenUntilItCanBeUsed() throws IOException {
    assertThat(
        ask(String.join("\n", "", folder("Asked"), folder("asked"), "operator", "resource-adapter", "Node", "NodePool",
            "dns, no good", "dns , machines,", "")))
        .as(out + "" + err).isZero();

    assertThat(out.toString()).containsSubsequence("Folder to create, named after the adapter: ",
        "'Asked' is not a valid adapter name", "Template: job-adapter, resource-adapter [job-adapter]: ",
        "unknown template 'operator'; allowed: job-adapter, resource-adapter",
        "Kind that it acts on: Cluster, NodePool [Cluster]: ", "unknown kind 'Node'; allowed: Cluster, NodePool",
        "'no good' is not a valid adapter name", "wrote ", "adapter try");
    assertThat(Files.readString(directory.resolve("asked/adapter.yaml"))).contains("template: resource-adapter",
        "for: NodePool", "dns is available: adapters.dns.available", "machines is available");
    assertThat(adapter("test", folder("asked"))).as(out + "" + err).isZero();
  }

  @Test
  void asksForNothingThatIsGivenAndTakesAnEmptyAnswerForTheUsual() throws IOException {
    assertThat(ask("", folder("given"), "--template", "job-adapter", "--for", "Cluster", "--precondition", "dns"))
        .as(out + "" + err).isZero();
    assertThat(out.toString()).doesNotContain("Template", "Kind", "Adapters that").contains("wrote ");

    assertThat(ask("\n\n\n", folder("usual"))).as(out + "" + err).isZero();
    assertThat(Files.readString(directory.resolve("usual/adapter.yaml"))).contains("template: job-adapter",
        "for: Cluster").doesNotContain("preconditions");
  }

  @Test
  void writesNothingWhenTheAnswersEnd() {
    assertThat(ask("", folder("ended"))).isEqualTo(2);
    assertThat(ask(folder("ended") + "\nresource-adapter\n")).isEqualTo(2);
    assertThat(ask("job-adapter", "--template", "operator")).as("what is given is looked at first").isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(3);
    assertThat(err.toString()).contains("Template: job-adapter, resource-adapter: no answer",
        "Kind that it acts on: Cluster, NodePool: no answer", "unknown template 'operator'");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    write("file", "");

    assertThat(adapter("new", folder("file/mine"))).isEqualTo(2);
    assertThat(adapter("new", folder("file"))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("cannot be written; choose a folder"));
  }

  @Test
  void helpListsTheCommandsOfAdapters() {
    assertThat(adapter("--help")).isZero();
    assertThat(out.toString()).contains("new ", "lint ", "try ", "test ");
    assertThat(adapter("try", "--help")).isZero();
    assertThat(out.toString()).contains("hyperfleet.jar adapter try ", "adapter try and dry-run are");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void editorsFindTheSchemaOfWhatIsShipped(Path definition) throws IOException {
    assertThat(schemaOf(definition)).isRegularFile().hasFileName("adapter-v1.json");
  }

  static List<Path> shipped() throws IOException {
    List<Path> shipped = new ArrayList<>();
    for (var folder : List.of("src/main/resources/adapters", "examples/adapters")) {
      try (var files = Files.list(Path.of(folder))) {
        files.map(adapter -> adapter.resolve("adapter.yaml")).sorted().forEach(shipped::add);
      }
    }
    assertThat(shipped).hasSizeGreaterThan(8);
    return shipped;
  }

  /** As an editor does: relative to the file that names it. */
  private static Path schemaOf(Path definition) throws IOException {
    var first = Files.readAllLines(definition).get(0);
    assertThat(first).startsWith(MODELINE);
    return definition.resolveSibling(first.substring(MODELINE.length()));
  }
}
