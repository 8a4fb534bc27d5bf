package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.Terminal.Colour;
import io.hyperfleet.cli.TextTable.Cell;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Adapters and the fleet as tables. */
final class Overview {

  private static final List<String> STATES = List.of("available", "failed", "waiting", "in_progress", "not_reported");
  private static final List<String> STATE_TITLES = List.of("AVAILABLE", "FAILED", "WAITING", "IN PROGRESS",
      "NO REPORT");

  private final PrintWriter out;
  private final Terminal terminal;
  private final Times times;

  Overview(PrintWriter out, Terminal terminal, Times times) {
    this.out = out;
    this.terminal = terminal;
    this.times = times;
  }

  void adapters(List<JsonNode> adapters, boolean wide) {
    var titles = new ArrayList<>(List.of("NAME", "KINDS", "STATE"));
    titles.addAll(STATE_TITLES);
    titles.addAll(List.of("LAST REPORT", "WANTED", "ROLLOUT"));
    if (wide) {
      titles.addAll(List.of("TEMPLATE", "PROCESSES", "REVISION"));
    }
    var table = new TextTable(out, terminal, titles);
    for (JsonNode adapter : adapters) {
      var row = new ArrayList<>(List.of(text(adapter, "name"), Cell.of(words(adapter.path("kinds"))), state(adapter)));
      STATES.forEach(state -> row.add(count(adapter.path("resources"), state)));
      row.add(Cell.of(times.age(adapter.path("last_report_time").asText())));
      row.add(Cell.of(RolloutCommands.brief(adapter.path("wanted_revision"))));
      row.add(rollout(adapter.path("rollout")));
      if (wide) {
        row.addAll(List.of(text(adapter, "template"), text(adapter, "announcers"), text(adapter, "revision")));
      }
      table.add(row);
    }
    table.end();
    adapters
        .forEach(adapter -> adapter.path("broken").forEach(broken -> broken(adapter.path("name").asText(), broken)));
    out.flush();
  }

  private static Cell state(JsonNode adapter) {
    if (!adapter.path("broken").isEmpty()) {
      return new Cell("broken", Colour.BAD);
    }
    if (adapter.path("suspended").asBoolean()) {
      return new Cell("suspended", Colour.BUSY);
    }
    return adapter.path("announcers").asInt(1) == 0
        ? new Cell("not running", Colour.BAD)
        : new Cell("running", Colour.GOOD);
  }

  private static Cell rollout(JsonNode rollout) {
    return rollout.isMissingNode()
        ? Cell.of("")
        : new Cell(RolloutCommands.words(rollout), switch (rollout.path("state").asText()) {
          case "halted" -> Colour.BAD;
          case "rolling" -> Colour.BUSY;
          default -> Colour.PLAIN;
        });
  }

  private static Cell text(JsonNode node, String field) {
    return Cell.of(node.path(field).asText());
  }

  private static Cell count(JsonNode counts, String state) {
    return new Cell(counts.path(state).asText(),
        state.equals("failed") && counts.path(state).asLong() > 0 ? Colour.BAD : Colour.PLAIN);
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(","));
  }

  private void broken(String adapter, JsonNode broken) {
    out.println(TerminalText.clean(adapter + "/" + broken.path("file").asText()
        + (broken.hasNonNull("line") ? ", line " + broken.path("line").asText() : "") + ": "
        + broken.path("message").asText()));
  }

  void fleet(JsonNode fleet) {
    var kinds = new TextTable(out, terminal, List.of("KIND", "TOTAL", "READY", "NOT READY", "DELETING", "PAUSED"));
    fleet.path("kinds").forEach(kind -> kinds.add(List.of(text(kind, "kind"), text(kind, "total"), text(kind, "ready"),
        new Cell(kind.path("not_ready").asText(), kind.path("not_ready").asLong() > 0 ? Colour.BAD : Colour.PLAIN),
        text(kind, "deleting"), text(kind, "paused"))));
    kinds.end();
    if (!fleet.path("oldest_not_ready").isEmpty()) {
      out.println();
      var oldest = new TextTable(out, terminal, List.of("LONGEST NOT READY", "KIND", "FOR", "WHY"));
      fleet.path("oldest_not_ready").forEach(one -> oldest.add(List.of(text(one, "name"), text(one, "kind"),
          Cell.of(times.age(one.path("since").asText())), Cell.of(times.sentence(one.path("message").asText())))));
      oldest.end();
    }
    out.println();
    var titles = new ArrayList<>(List.of("ADAPTER", "KIND"));
    titles.addAll(STATE_TITLES);
    var adapters = new TextTable(out, terminal, titles);
    fleet.path("adapters").forEach(adapter -> {
      var row = new ArrayList<>(List.of(
          Cell.of(adapter.path("name").asText() + (adapter.path("suspended").asBoolean() ? " (suspended)" : "")),
          text(adapter, "kind")));
      STATES.forEach(state -> row.add(count(adapter.path("states"), state)));
      adapters.add(row);
    });
    adapters.end();
    outbox(fleet);
    fleet.path("broken_definitions").forEach(broken -> broken(broken.path("adapter").asText(), broken));
    out.println();
    out.println("Counted " + times.age(fleet.path("counted_time").asText()) + " ago.");
    out.flush();
  }

  private void outbox(JsonNode fleet) {
    if (fleet.has("outbox")) {
      var outbox = fleet.path("outbox");
      var oldest = outbox.path("oldest_pending_time").asText();
      out.println();
      out.println("Outbox: " + outbox.path("pending").asLong() + " pending"
          + (oldest.isEmpty() ? "" : ", the oldest for " + times.age(oldest)) + "; "
          + terminal.coloured(outbox.path("dead").asLong() + " dead",
              outbox.path("dead").asLong() > 0 ? Colour.BAD : Colour.PLAIN)
          + ".");
    }
  }
}
