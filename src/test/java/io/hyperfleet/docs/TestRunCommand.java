package io.hyperfleet.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The local start as the documentation has it. */
public final class TestRunCommand {

  private static final String ARGUMENTS = "-Dspring-boot.run.arguments=";

  private TestRunCommand() {}

  /** The properties, as {@code key=value}, that the page's commands start HyperFleet with, all of them together. */
  public static List<String> properties(Page page) {
    return page.commands("./mvnw").stream().filter(command -> command.startsWith("./mvnw spring-boot:test-run"))
        .flatMap(TestRunCommand::properties).distinct().toList();
  }

  /** Those of one command. */
  static Stream<String> properties(String command) {
    return Shell.words(command, Map.of()).stream().filter(word -> word.startsWith(ARGUMENTS))
        .flatMap(word -> Stream.of(word.substring(ARGUMENTS.length()).split("\\s+")))
        .map(argument -> {
          if (!argument.startsWith("--") || !argument.contains("=")) {
            throw new IllegalArgumentException(argument + " in: " + command);
          }
          return argument.substring(2);
        });
  }
}
