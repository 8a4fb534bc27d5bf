package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A bulk operation. */
record OperationView(String id, String what, String state, int matched, int handled, int succeeded, int skipped,
    int failed, String error, Age created, String by) {

  static OperationView of(JsonNode operation, Instant now) {
    var adapter = operation.path("adapter").asText();
    var search = operation.path("search").asText();
    var what = operation.path("action").asText() + (adapter.isBlank() ? "" : " " + adapter) + " for "
        + (search.isBlank() ? "all of kind " : "") + operation.path("kind").asText()
        + (search.isBlank() ? "" : " where " + search);
    return new OperationView(operation.path("id").asText(), what, operation.path("state").asText(),
        operation.path("matched").asInt(), operation.path("handled").asInt(), operation.path("succeeded").asInt(),
        operation.path("skipped").asInt(), operation.path("failed").asInt(), operation.path("last_error").asText(),
        Age.of(operation.path("created_time"), now), operation.path("created_by").asText());
  }

  public boolean running() {
    return state.equals("running");
  }
}
