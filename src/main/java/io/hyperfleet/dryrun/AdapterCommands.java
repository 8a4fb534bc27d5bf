package io.hyperfleet.dryrun;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands for authors and operators of adapters, which the jar runs instead of the application when its first argument names one. */
@Command(name = "hyperfleet", description = "Commands for authors and operators of adapters",
    subcommands = {DryRunCommand.class, TestAdapterCommand.class, AdapterCommand.class})
public final class AdapterCommands {

  /** What the dry run, or a test, found to be wrong. */
  static final int FAILED = 1;

  private static final List<String> NAMES = List.of("dry-run", "test-adapter", "adapter");

  private AdapterCommands() {}

  /** Whether these are the arguments of a command, not of the application. */
  public static boolean named(String... args) {
    return args.length > 0 && NAMES.contains(args[0]);
  }

  /**
   * Runs a command of the jar; nothing is logged, all that there is to say is in the output.
   *
   * @return 0 when all is well, 1 when the adapter would fail, 2 when the arguments or the inputs are wrong, 3 when lint finds
   *     what would be refused
   */
  public static int main(String... args) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
  }

  /** Runs a command as {@link #main} does, with its output and its complaints where the caller wants them. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new AdapterCommands()).setOut(out).setErr(err)
        .setExecutionExceptionHandler((failure, command, result) -> {
          if (failure instanceof InputException) {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          throw failure;
        })
        .execute(args);
  }
}
