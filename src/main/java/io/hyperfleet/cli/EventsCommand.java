package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.TextTable.Cell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the history of a resource, or the events of the fleet. */
@Command(name = "events", sortOptions = false, description = {
    "Show a resource's history of the last day, newest first: events, reports that changed something, and user "
        + "actions.",
    "Without a resource: show the newest events of the fleet."})
public final class EventsCommand extends FleetCommand {

  @Parameters(index = "0", arity = "0..1", paramLabel = "<kind>", completionCandidates = Target.Kinds.class, description = "cluster, nodepool or another kind of the API.")
  private String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "<name>", description = "Name or id.")
  private String name;

  @Option(names = "--size", paramLabel = "<n>", defaultValue = "50", description = "Maximum number of entries, up to "
      + "100. Default: 50.")
  private int size;

  @Option(names = {"-o",
      "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format;

  private final Terminal terminal = Terminal.detect();

  @Override
  Exit run(ApiClient api) {
    if (kind != null && name == null) {
      throw new FleetException(Exit.WRONG, "a kind needs the name or id of a resource");
    }
    if (size < 1 || size > 100) {
      throw new FleetException(Exit.WRONG, "--size: must be 1 to 100");
    }
    var resources = new FleetResources(api);
    String path = "/events?size=" + size;
    if (kind != null) {
      var plural = resources.plural(kind);
      path = FleetResources.path(plural, resources.named(plural, name).body()) + "/history?size=" + size;
    }
    var answer = api.get(path);
    if (format.structured()) {
      new Structured(out(), format == Format.yaml).one(answer.body());
    } else if (kind == null) {
      events(answer.body(), new Times(answer.time()));
    } else {
      history(answer.body(), new Times(answer.time()));
    }
    return Exit.DONE;
  }

  private void events(JsonNode events, Times times) {
    var table = new TextTable(out(), terminal,
        List.of("AGO", "KIND", "RESOURCE", "GEN", "REASON", "SOURCE", "STATE", "EVENT"));
    events.path("items").forEach(event -> table.add(List.of(Cell.of(times.age(event.path("created_time").asText())),
        text(event, "aggregate_type"), text(event, "aggregate_id"), text(event, "generation"), text(event, "reason"),
        text(event, "source"), text(event, "status"), text(event, "event_id"))));
    table.end();
  }

  private void history(JsonNode history, Times times) {
    var table = new TextTable(out(), terminal, List.of("TIME", "AGO", "GEN", "WHO", "WHAT"));
    history.path("items")
        .forEach(one -> table.add(List.of(Cell.of(one.path("time").asText().replaceFirst("\\.\\d+", "")),
            Cell.of(times.age(one.path("time").asText())), text(one, "generation"), Cell.of(who(one)),
            Cell.of(what(one)))));
    table.end();
  }

  private static Cell text(JsonNode node, String field) {
    return Cell.of(node.path(field).asText());
  }

  private static String who(JsonNode one) {
    return switch (one.path("type").asText()) {
      case "report" -> one.path("adapter").asText();
      case "action" -> one.path("by").asText();
      default -> one.path("type").asText();
    };
  }

  private static String what(JsonNode one) {
    return switch (one.path("type").asText()) {
      case "report" -> "reports Available=" + one.path("status").asText() + " " + one.path("reason").asText()
          + (one.hasNonNull("attempt") ? ", attempt " + one.path("attempt").asText() : "")
          + (one.path("finalized").asBoolean() ? ", finalized" : "")
          + (one.path("message").asText().isEmpty() ? "" : ": " + one.path("message").asText());
      case "action" -> one.path("action").asText()
          + (one.hasNonNull("adapter") ? " " + one.path("adapter").asText() : "")
          + (one.hasNonNull("attempt") ? ", attempt " + one.path("attempt").asText() : "");
      default -> one.path("reason").asText()
          + (one.hasNonNull("state") ? ", " + one.path("state").asText() : "");
    };
  }
}
