package io.hyperfleet.dryrun;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hyperfleet.cli.DescribeCommand;
import io.hyperfleet.cli.EventsCommand;
import io.hyperfleet.cli.GetCommand;
import io.hyperfleet.cli.OperationsCommand;
import io.hyperfleet.cli.OutboxCommand;
import io.hyperfleet.cli.PauseCommand;
import io.hyperfleet.cli.ResumeCommand;
import io.hyperfleet.cli.RetryCommand;
import io.hyperfleet.cli.WaitCommand;
import io.hyperfleet.doctor.ConfigCommand;
import io.hyperfleet.dryrun.input.InputException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The commands for fleets and adapter folders, which the jar runs instead of the application if its first argument is
 * one.
 */
@Command(synopsisSubcommandLabel = "[COMMAND]", usageHelpWidth = 120, description = {
    "Runs a command, or without one starts HyperFleet: the roles that hyperfleet.roles names.", ""}, footer = {"",
        "To start it, say where its services are:",
        "  SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD   PostgreSQL",
        "  PUBSUB_EMULATOR_HOST                                                            none for Google Cloud",
        "  KUBECONFIG                                                                      Kubernetes",
        "  HYPERFLEET_AUTH_ISSUERS_0_ISSUERURL, HYPERFLEET_AUTH_ISSUERS_0_JWKSURL          who may call the API,",
        "  HYPERFLEET_AUTH_ENABLED=false                                                   or everybody",
        "Every key can be given as a variable or as --key=value; docs/configuration.md lists them, docs/getting-started.md shows a start."}, subcommands = {
            GetCommand.class, DescribeCommand.class, EventsCommand.class, WaitCommand.class, RetryCommand.class,
            PauseCommand.class, ResumeCommand.class, OperationsCommand.class, OutboxCommand.class,
            DryRunCommand.class, TestAdapterCommand.class, AdapterCommand.class, ConfigCommand.class,
            HyperFleetCommands.Migrate.class,
            CompletionCommand.class, CommandLine.HelpCommand.class})
public final class HyperFleetCommands {

  /** Exit code for a failed dry run or test. */
  static final int FAILED = 1;

  /** Set by {@code bin/hyperfleet} to the command that its users type. */
  private static final String COMMAND = System.getProperty("hyperfleet.command", "java -jar hyperfleet.jar");

  private static final Set<String> HELP = Set.of("--help", "-h", "-help", "-?");

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  private HyperFleetCommands() {}

  /** Listed for its help only: it needs the application's log, and is run outside this class. */
  @Command(name = "migrate", description = {"Brings the database's schema to that of this release, and ends.",
      "Takes the application's variables and --key=value, of which it needs those of spring.datasource."})
  static final class Migrate {}

  /** Whether these are the arguments of a command or a question for help, not of the application. */
  public static boolean named(String... args) {
    return args.length > 0 && !args[0].startsWith("-") || asksForHelp(args);
  }

  private static boolean asksForHelp(String... args) {
    return Stream.of(args).anyMatch(HELP::contains);
  }

  /** Arguments for the application or {@code migrate} are not options of a command. */
  private static String[] questions(String... args) {
    if (!asksForHelp(args) || !args[0].startsWith("-") && !args[0].equals("migrate")) {
      return args;
    }
    return args[0].equals("migrate") ? new String[]{"help", "migrate"} : new String[]{"--help"};
  }

  /**
   * Runs a command of the jar; everything is in the output, nothing is logged.
   *
   * @return 0 for success, 1 if the adapter would fail, 2 for invalid arguments or inputs, 3 for findings of lint; 4 to
   * 8 as for commands on a fleet
   */
  public static int main(String... args) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
  }

  /** A command under another name. */
  private static CommandLine named(String name, Object command) {
    var line = new CommandLine(command);
    line.getCommandSpec().name(name);
    return line;
  }

  /** Runs a command like {@link #main}, with the given output and error writers. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    var commands = new CommandLine(new HyperFleetCommands()).setCommandName(COMMAND);
    var adapter = commands.getSubcommands().get("adapter");
    adapter.addSubcommand("try", named("try", new DryRunCommand()));
    adapter.addSubcommand("test", named("test", new TestAdapterCommand()));
    var usual = commands.getParameterExceptionHandler();
    return commands.setOut(out).setErr(err)
        .setParameterExceptionHandler((wrong, words) -> {
          if (wrong instanceof CommandLine.UnmatchedArgumentException && wrong.getCommandLine().getParent() == null) {
            err.println(
                "Unknown command '" + words[0] + "'; " + COMMAND + " --help lists those that there are.");
            return CommandLine.ExitCode.USAGE;
          }
          return usual.handleParseException(wrong, words);
        })
        .setExecutionExceptionHandler((failure, command, result) -> {
          if (failure instanceof InputException) {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          throw failure;
        })
        .execute(questions(args));
  }
}
