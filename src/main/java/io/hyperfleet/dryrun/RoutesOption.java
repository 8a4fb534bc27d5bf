package io.hyperfleet.dryrun;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The operator's route files, which hold the templates that adapters may name beside the built-in ones. */
final class RoutesOption {

  @Option(names = "--routes", paramLabel = "<folder>", description = "Directory with the operator's route files; hyperfleet.routes.location when absent.")
  private Path directory;

  /** The directory, or {@code null} where none was given. */
  Path directory() {
    return directory;
  }
}
