package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.Terminal.Colour;
import io.hyperfleet.cli.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A resource in one line, from the API's response. */
record ResourceLine(JsonNode resource, Times times) {

  static final List<String> TABLE = List.of("NAME", "STATE", "GEN", "FOR", "WHY");
  static final List<String> WIDE = List.of("NAME", "ID", "STATE", "GEN", "FOR", "AGE", "LABELS", "ADAPTERS", "WHY");

  private static final String ADAPTERS = "Successful";

  List<Cell> cells(boolean wide) {
    var cells = new ArrayList<Cell>();
    cells.add(Cell.of(text("name")));
    if (wide) {
      cells.add(Cell.of(text("id")));
    }
    cells.add(new Cell(state(), colour()));
    cells.add(Cell.of(text("generation")));
    cells.add(Cell.of(times.age(since())));
    if (wide) {
      cells.add(Cell.of(times.age(text("created_time"))));
      cells.add(Cell.of(labels()));
      cells.add(Cell.of(adapters()));
    }
    cells.add(Cell.of(ready() && !paused() ? "" : why()));
    return cells;
  }

  private String text(String field) {
    return resource.path(field).asText();
  }

  boolean ready() {
    return resource.at("/status/phase").asText().equals("Ready");
  }

  boolean paused() {
    return resource.path("paused").asBoolean();
  }

  boolean deleting() {
    return resource.hasNonNull("deleted_time");
  }

  String state() {
    var phase = deleting() ? "Deleting" : resource.at("/status/phase").asText();
    return paused() ? phase + ", paused" : phase;
  }

  Colour colour() {
    return deleting() || paused() ? Colour.BUSY : ready() ? Colour.GOOD : Colour.BAD;
  }

  /** Since when it is Ready, or not. */
  String since() {
    var reconciled = reconciled().path("last_transition_time").asText();
    return reconciled.isEmpty() ? resource.at("/status/last_transition_time").asText() : reconciled;
  }

  /** The API's message, with ages. */
  String why() {
    return times.sentence(reconciled().path("message").asText());
  }

  private JsonNode reconciled() {
    return conditions().stream().filter(condition -> condition.path("type").asText().equals("Reconciled")).findFirst()
        .orElseGet(ApiClient::object);
  }

  private List<JsonNode> conditions() {
    return StreamSupport.stream(resource.at("/status/conditions").spliterator(), false).toList();
  }

  String labels() {
    return StreamSupport.stream(((Iterable<String>) () -> resource.path("labels").fieldNames()).spliterator(), false)
        .map(key -> key + "=" + resource.path("labels").path(key).asText()).sorted().collect(Collectors.joining(","));
  }

  private String adapters() {
    return conditions().stream().filter(condition -> condition.path("type").asText().endsWith(ADAPTERS))
        .map(condition -> condition.path("type").asText().replaceFirst(ADAPTERS + "$", "") + "="
            + condition.path("status").asText())
        .collect(Collectors.joining(","));
  }
}
