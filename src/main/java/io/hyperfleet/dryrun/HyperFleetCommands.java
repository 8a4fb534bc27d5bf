package io.hyperfleet.dryrun;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hyperfleet.cli.DescribeCommand;
import io.hyperfleet.cli.EventsCommand;
import io.hyperfleet.cli.GetCommand;
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
 * The commands, on fleets and on folders of adapters, which the jar runs instead of the application when its first
 * argument names one.
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
            PauseCommand.class, ResumeCommand.class, OutboxCommand.class,
            DryRunCommand.class, TestAdapterCommand.class, AdapterCommand.class, ConfigCommand.class,
            HyperFleetCommands.Migrate.class,
            CompletionCommand.class, CommandLine.HelpCommand.class})
public final class HyperFleetCommands {

  /** What the dry run, or a test, found to be wrong. */
  static final int FAILED = 1;

  /** Set by {@code bin/hyperfleet} to what its users type. */
  private static final String COMMAND = System.getProperty("hyperfleet.command", "java -jar hyperfleet.jar");

  private static final Set<String> HELP = Set.of("--help", "-h", "-help", "-?");

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and end.")
  private boolean help;

  private HyperFleetCommands() {}

  /** Listed for its help alone: it needs the application's log, and is run outside of this class. */
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

  /** What the application or {@code migrate} would be given is no option of a command. */
  private static String[] questions(String... args) {
    if (!asksForHelp(args) || !args[0].startsWith("-") && !args[0].equals("migrate")) {
      return args;
    }
    return args[0].equals("migrate") ? new String[]{"help", "migrate"} : new String[]{"--help"};
  }

  /**
   * Runs a command of the jar; nothing is logged, all that there is to say is in the output.
   *
   * @return 0 when all is well, 1 when the adapter would fail, 2 when the arguments or the inputs are wrong, 3 when
   * lint finds what would be refused; 4 to 8 as the commands on a fleet end
   */
  public static int main(String... args) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
  }

  /** A command under another name than its own of before. */
  private static CommandLine named(String name, Object command) {
    var line = new CommandLine(command);
    line.getCommandSpec().name(name);
    return line;
  }

  /** Runs a command as {@link #main} does, with its output and its complaints where the caller wants them. */
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
