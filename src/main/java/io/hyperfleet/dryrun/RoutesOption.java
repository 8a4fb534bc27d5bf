package io.hyperfleet.dryrun;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The operator's route files, with templates for adapters in addition to the built-in ones. */
final class RoutesOption {

  @Option(names = "--routes", paramLabel = "<folder>", description = "Directory with the operator's route files. "
      + "Default: hyperfleet.routes.location.")
  private Path directory;

  /** The directory, or {@code null} where none was given. */
  Path directory() {
    return directory;
  }
}
