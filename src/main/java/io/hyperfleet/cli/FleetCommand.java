package io.hyperfleet.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command on a running fleet: ends with one of the codes of {@link Exit}, and a line with the reason. */
abstract class FleetCommand implements Callable<Integer> {

  @Mixin
  private Connection connection;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Spec
  private CommandSpec spec;

  /** Runs the command. */
  abstract Exit run(ApiClient api);

  @Override
  public final Integer call() {
    try {
      return run(connection.api()).code();
    } catch (FleetException e) {
      var err = spec.commandLine().getErr();
      e.getMessage().lines().map(TerminalText::clean).forEach(err::println);
      return e.exit().code();
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Waits; false when interrupted. */
  static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Prints a line that may contain untrusted text. */
  final void print(String line) {
    out().println(TerminalText.clean(line));
  }

  /** The text that users type for another command. */
  final String typed(String command) {
    return spec.root().name() + " " + command;
  }
}
