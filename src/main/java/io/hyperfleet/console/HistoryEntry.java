package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;

/**
 * An entry in a resource's history.
 *
 * @param what short description
 * @param message further explanation; may be empty
 * @param colour of its label
 */
record HistoryEntry(Age time, String type, int generation, String what, String message, String colour) {

  static HistoryEntry of(JsonNode entry, Instant now) {
    var type = entry.path("type").asText();
    return new HistoryEntry(Age.of(entry.path("time"), now), type, entry.path("generation").asInt(),
        what(type, entry), entry.path("message").asText(), colour(type, entry));
  }

  private static String what(String type, JsonNode entry) {
    return switch (type) {
      case "report" -> entry.path("adapter").asText() + " reported " + report(entry);
      case "event" -> entry.path("reason").asText() + " (" + entry.path("state").asText() + ")";
      case "action" -> action(entry);
      default -> type;
    };
  }

  private static String report(JsonNode entry) {
    var attempt = entry.path("attempt").asInt();
    var reason = entry.path("reason").asText();
    return (entry.path("finalized").asBoolean() ? "Finalized" : "Available=" + entry.path("status").asText())
        + (reason.isBlank() ? "" : " " + reason) + (attempt > 1 ? ", attempt " + attempt : "");
  }

  private static String action(JsonNode entry) {
    var adapter = entry.path("adapter").asText();
    return entry.path("by").asText("somebody") + " requested " + entry.path("action").asText()
        + (adapter.isBlank() ? "" : " of " + adapter + ", attempt " + entry.path("attempt").asInt());
  }

  private static String colour(String type, JsonNode entry) {
    if (type.equals("action")) {
      return "purple";
    }
    return switch (entry.path("status").asText().toLowerCase(Locale.ROOT)) {
      case "true" -> "green";
      case "false" -> "PreconditionsNotMet".equals(entry.path("reason").asText()) ? "yellow" : "red";
      default -> type.equals("report") ? "blue" : "grey";
    };
  }
}
