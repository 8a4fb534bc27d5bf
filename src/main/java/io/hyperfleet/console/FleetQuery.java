package io.hyperfleet.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The parameters of the fleet's page; none is null.
 *
 * @param kind of the resources
 * @param text part of a name, or an id
 * @param label {@code key=value}, or {@code key}
 * @param state ready, not_ready, deleting or paused
 * @param adapter an adapter, whose state is {@code cell}
 * @param after start of this page: {@code n} or {@code r} for resources that are not Ready or Ready, and the id before
 * the first one; empty for the first page
 */
record FleetQuery(String kind, String text, String label, String state, String adapter, String cell, String after) {

  FleetQuery {
    kind = kind == null || kind.isBlank() ? "Cluster" : kind.strip();
    text = blank(text);
    label = blank(label);
    state = blank(state);
    adapter = blank(adapter);
    cell = blank(cell);
    after = blank(after);
  }

  private static String blank(String text) {
    return text == null ? "" : text.strip();
  }

  /** Whether to show only resources that are Ready, or not; null for both. */
  Boolean ready() {
    return switch (state) {
      case "ready" -> Boolean.TRUE;
      case "not_ready" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** The part that the API can search for. */
  SearchText search() {
    var search = new SearchText();
    if (!text.isEmpty()) {
      search.named(text);
    }
    if (!label.isEmpty()) {
      search.labelled(label);
    }
    if (state.equals("deleting")) {
      search.and("deleted_time is not null");
    }
    if (state.equals("paused")) {
      search.and("paused_time is not null");
    }
    return search;
  }

  /** Whether rows must be filtered here, since the API cannot search adapters' states. */
  public boolean looksAtCells() {
    return !adapter.isEmpty() && AdapterState.of(cell) != null;
  }

  boolean matches(ResourceView row) {
    if (!looksAtCells()) {
      return true;
    }
    var found = row.adapter(adapter);
    var state = found == null ? AdapterState.NOT_REPORTED : found.state();
    return state.key().equals(cell);
  }

  public boolean isFiltered() {
    return !(text + label + state + adapter).isEmpty();
  }

  public FleetQuery from(String position) {
    return new FleetQuery(kind, text, label, state, adapter, cell, position);
  }

  /** The same with another state of the resources, from the first page. */
  public FleetQuery with(String wanted) {
    return new FleetQuery(kind, text, label, wanted, adapter, cell, "");
  }

  /** Its parameters, without those that are empty or the default. */
  public Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("kind", kind.equals("Cluster") ? "" : kind);
    parameters.put("text", text);
    parameters.put("label", label);
    parameters.put("state", state);
    parameters.put("adapter", adapter);
    parameters.put("cell", cell);
    parameters.put("after", after);
    parameters.values().removeIf(String::isEmpty);
    return parameters;
  }

  /** The path of the page that shows it. */
  public String path() {
    var parameters = parameters();
    var uri = UriComponentsBuilder.fromPath("/console/");
    parameters.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
    return uri.encode().buildAndExpand(parameters).toUriString();
  }
}
