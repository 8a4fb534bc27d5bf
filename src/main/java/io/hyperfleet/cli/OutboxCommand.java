package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.TextTable.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Events that could not be published. */
@Command(name = "outbox", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Inspect and retry events that could not be published.", subcommands = {
    OutboxCommand.Dead.class, OutboxCommand.Retry.class})
public final class OutboxCommand {

  private static final int PAGE = 100;

  /** Lists them. */
  @Command(name = "dead", sortOptions = false, description = "List dead events, newest first, with the error of "
      + "their last attempt.")
  static final class Dead extends FleetCommand {

    @Option(names = {"-o",
        "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}. Default: table.")
    private Format format;

    private final Terminal terminal = Terminal.detect();

    @Override
    Exit run(ApiClient api) {
      if (format.structured()) {
        var list = new Structured(out(), format == Format.yaml);
        each(api, list::item);
        list.end();
        return Exit.DONE;
      }
      var table = new TextTable(out(), terminal,
          List.of("EVENT", "KIND", "RESOURCE", "REASON", "ATTEMPTS", "AGE", "ERROR"));
      var times = new Times(Instant.now());
      long[] count = {0};
      each(api, event -> {
        count[0]++;
        table.add(List.of(text(event, "event_id"), text(event, "aggregate_type"), text(event, "aggregate_id"),
            text(event, "reason"), text(event, "attempts"), Cell.of(times.age(event.path("created_time").asText())),
            text(event, "last_error")));
      });
      if (count[0] > 0) {
        table.end();
      } else {
        out().println("No dead events.");
      }
      return Exit.DONE;
    }

    private static Cell text(JsonNode node, String field) {
      return Cell.of(node.path(field).asText());
    }
  }

  /** Retries them. */
  @Command(name = "retry", sortOptions = false, description = "Retry publishing dead events.")
  static final class Retry extends FleetCommand {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");

    @Parameters(arity = "0..*", paramLabel = "<event>", description = "Ids of events, as listed by 'outbox dead'.")
    private List<String> events = List.of();

    @Option(names = "--all", description = "Retry all dead events.")
    private boolean all;

    @Override
    Exit run(ApiClient api) {
      if (all == !events.isEmpty()) {
        throw new FleetException(Exit.WRONG, "give ids of events, or --all");
      }
      var wanted = new ArrayList<>(events);
      if (all) {
        each(api, event -> wanted.add(event.path("event_id").asText()));
      }
      for (String event : wanted) {
        if (!ID.matcher(event).matches()) {
          throw new FleetException(Exit.WRONG, "'" + event + "' is not an event id");
        }
        api.send("POST", "/events/" + ApiClient.encoded(event) + "/retry", null);
        print(event + " will be published");
      }
      if (wanted.isEmpty()) {
        out().println("No dead events.");
      }
      return Exit.DONE;
    }
  }

  private static void each(ApiClient api, Consumer<JsonNode> consumer) {
    for (int page = 1;; page++) {
      var items = api.get("/events?status=dead&size=" + PAGE + "&page=" + page).body().path("items");
      items.forEach(consumer);
      if (items.size() < PAGE) {
        return;
      }
    }
  }

  private OutboxCommand() {}
}
