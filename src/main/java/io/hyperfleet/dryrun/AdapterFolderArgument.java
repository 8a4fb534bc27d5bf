package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.input.InputException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The folder of the one adapter that a command is about, as an argument or as an option. */
final class AdapterFolderArgument {

  @Parameters(index = "0", arity = "0..1", paramLabel = "<folder>", description = "The adapter's folder.")
  private Path argument;

  @Option(names = "--adapter", paramLabel = "<folder>", description = "The same as an option.")
  private Path option;

  /**
   * The folder.
   *
   * @throws InputException when there is none, or more than one
   */
  Path path() {
    if (argument == null == (option == null)) {
      throw new InputException(argument == null
          ? "the adapter's folder is missing; give it as --adapter <folder>"
          : "there are two folders, " + argument + " and --adapter " + option + "; one is allowed");
    }
    return argument == null ? option : argument;
  }
}
