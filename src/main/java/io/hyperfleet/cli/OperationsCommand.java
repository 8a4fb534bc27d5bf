package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.Terminal.Colour;
import io.hyperfleet.cli.TextTable.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Actions on all resources that match a search, which the API carries out step by step. */
@Command(name = "operations", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Retry or reconcile all resources that match, a few a second, and follow or stop that.", subcommands = {
    OperationsCommand.Start.class, OperationsCommand.Ls.class, OperationsCommand.Stop.class})
public final class OperationsCommand {

  private static final String PATH = "/operations";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Actions, for completion. */
  enum Action {
    retry, reconcile
  }

  /** Starts an operation. */
  @Command(name = "start", sortOptions = false, description = {
      "Retry the failed Jobs of, or reconcile, all resources of a kind that match.",
      "Without a filter, all of the kind."})
  static final class Start extends FleetCommand {

    @Parameters(index = "0", paramLabel = "<action>", description = "${COMPLETION-CANDIDATES}.")
    private Action action;

    @Parameters(index = "1", paramLabel = "<kind>", completionCandidates = GetCommand.Lists.class, description = "clusters, nodepools or another kind of the API.")
    private String kind;

    @Option(names = "--adapter", paramLabel = "<name>", description = "Retry this adapter only; each with a failed Job when absent.")
    private String adapter;

    @Option(names = "--not-ready", description = "Only resources that are not Ready.")
    private boolean notReady;

    @Option(names = {"-l",
        "--selector"}, paramLabel = "<key=value>", description = "Only resources with this label; several are separated by commas, or given one by one.")
    private List<String> labels = List.of();

    @Option(names = "--search", paramLabel = "<search>", description = "Only resources that this search of the API finds, such as \"spec.region = 'eu-1'\".")
    private String search;

    @Option(names = "--rate", paramLabel = "<number>", description = "Resources a second, 1 to 100; 10 when absent.")
    private Integer rate;

    @Option(names = "--wait", description = "Show progress until it ends.")
    private boolean wait;

    @Override
    Exit run(ApiClient api) {
      var wanted = ApiClient.object().put("action", action.name())
          .put("kind", new FleetResources(api).kind(kind).name());
      if (adapter != null) {
        wanted.put("adapter", adapter);
      }
      if (rate != null) {
        wanted.put("rate", rate);
      }
      var search = search();
      if (!search.isEmpty()) {
        wanted.put("search", search);
      }
      var operation = api.send("POST", PATH, wanted).body();
      print(operation.path("id").asText() + " has started for " + operation.path("matched").asText() + " resources");
      if (wait && !isRunning(operation)) {
        print(progress(operation));
      }
      while (wait && isRunning(operation) && pause(PAUSE)) {
        operation = api.get(path(operation.path("id").asText())).body();
        print(progress(operation));
      }
      return Exit.DONE;
    }

    private String search() {
      var parts = new ArrayList<String>();
      if (search != null) {
        parts.add("(" + search + ")");
      }
      var selected = FleetResources.labels(labels);
      if (!selected.isEmpty()) {
        parts.add(FleetResources.search(selected));
      }
      if (notReady) {
        parts.add("status.phase != 'Ready'");
      }
      return String.join(" and ", parts);
    }
  }

  /** Lists operations. */
  @Command(name = "list", sortOptions = false, description = "List the latest operations with their progress, newest first.")
  static final class Ls extends FleetCommand {

    @Option(names = {"-o",
        "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}; table when absent.")
    private Format format;

    private final Terminal terminal = Terminal.detect();

    @Override
    Exit run(ApiClient api) {
      var answer = api.get(PATH);
      if (format.structured()) {
        new Structured(out(), format == Format.yaml).one(answer.body());
        return Exit.DONE;
      }
      if (answer.body().path("items").isEmpty()) {
        print("No operation has been started.");
        return Exit.DONE;
      }
      var times = new Times(answer.time());
      var table = new TextTable(out(), terminal,
          List.of("OPERATION", "ACTION", "KIND", "STATE", "AGE", "BY", "PROGRESS"));
      answer.body().path("items").forEach(operation -> table.add(List.of(text(operation, "id"),
          text(operation, "action"), text(operation, "kind"), text(operation, "state"),
          Cell.of(times.age(operation.path("created_time").asText())), text(operation, "created_by"),
          new Cell(progress(operation), operation.path("failed").asLong() > 0 ? Colour.BAD : Colour.PLAIN))));
      table.end();
      return Exit.DONE;
    }

    private static Cell text(JsonNode node, String field) {
      return Cell.of(node.path(field).asText());
    }
  }

  /** Stops an operation. */
  @Command(name = "stop", sortOptions = false, description = "Stop an operation; what it has done stays done.")
  static final class Stop extends FleetCommand {

    @Parameters(index = "0", paramLabel = "<operation>", description = "Id of the operation, as 'operations list' shows it.")
    private String id;

    @Override
    Exit run(ApiClient api) {
      print(progress(api.send("POST", path(id) + "/stop", null).body()));
      return Exit.DONE;
    }
  }

  private static String path(String id) {
    return PATH + "/" + ApiClient.encoded(id);
  }

  private static boolean isRunning(JsonNode operation) {
    return operation.path("state").asText().equals("running");
  }

  private static String progress(JsonNode operation) {
    var error = operation.path("last_error").asText();
    return operation.path("state").asText() + ": " + operation.path("handled").asText() + " of "
        + operation.path("matched").asText() + ", " + operation.path("succeeded").asText() + " succeeded, "
        + operation.path("skipped").asText() + " skipped, " + operation.path("failed").asText() + " failed"
        + (error.isEmpty() ? "" : ": " + error);
  }

  private OperationsCommand() {}
}
