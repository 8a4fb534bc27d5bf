package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.input.InputException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The adapter folder of a command, as an argument or an option. */
final class AdapterFolderArgument {

  @Parameters(index = "0", arity = "0..1", paramLabel = "<folder>", description = "The adapter's folder.")
  private Path argument;

  @Option(names = "--adapter", paramLabel = "<folder>", description = "The adapter's folder, as an option.")
  private Path option;

  /**
   * The folder.
   *
   * @throws InputException when none or several are given
   */
  Path path() {
    if (argument == null == (option == null)) {
      throw new InputException(argument == null
          ? "the adapter's folder is missing; give it as --adapter <folder>"
          : "two folders given, " + argument + " and --adapter " + option + "; use only one");
    }
    return argument == null ? option : argument;
  }
}
