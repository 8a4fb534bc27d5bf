package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an adapter for a resource: a cell of the fleet's table, or a node of a resource's tree.
 *
 * @param required whether it is a required adapter
 * @param lag how many generations its last report is behind
 * @param since when the state began
 * @param reported when it reported last
 * @param message its message; may be empty
 * @param hint a command that shows its objects; empty if unknown
 * @param retry description of a requested retry; empty if there is none
 */
record AdapterView(String name, AdapterState state, boolean required, int generation, int lag, Age since, Age reported,
    String reason, String message, String hint, String retry, boolean retryable) {

  /**
   * An adapter without a report.
   *
   * @param listed whether reports were listed, so that it has not reported; otherwise its condition is used
   */
  static AdapterView silent(String name, JsonNode condition, boolean listed, Instant now) {
    var since = Age.of(condition.path("last_transition_time"), now);
    var state = listed ? AdapterState.NOT_REPORTED : state(condition, MissingNode.getInstance(), false);
    return new AdapterView(name, state, true, 0, 0, since, new Age(null, now), condition.path("reason").asText(),
        condition.path("message").asText(listed ? "has not reported" : ""), "", "", false);
  }

  /** Reads a report. */
  static AdapterView of(JsonNode report, int generation, boolean deleting, boolean required, Instant now) {
    var available = condition(report, "Available");
    var finalized = condition(report, "Finalized");
    var health = condition(report, "Health");
    int observed = report.path("observed_generation").asInt();
    var state = state(available, deleting ? finalized : MissingNode.getInstance(), observed < generation);
    var said = state == AdapterState.FINALIZED ? finalized : available;
    var message = said.path("message").asText();
    if (message.isBlank() && "False".equals(health.path("status").asText())) {
      message = health.path("message").asText();
    }
    return new AdapterView(report.path("adapter").asText(), state, required, observed,
        Math.max(0, generation - observed), Age.of(said.path("last_transition_time"), now),
        Age.of(report.path("last_report_time"), now), said.path("reason").asText(), message, KubectlHint.of(report),
        retry(report.path("retry")), state == AdapterState.FAILED && !deleting);
  }

  private static AdapterState state(JsonNode available, JsonNode finalized, boolean outdated) {
    if ("True".equals(finalized.path("status").asText()) && !outdated) {
      return AdapterState.FINALIZED;
    }
    if (outdated) {
      return AdapterState.NOT_REPORTED;
    }
    return switch (available.path("status").asText()) {
      case "True" -> AdapterState.AVAILABLE;
      case "False" -> "PreconditionsNotMet".equals(available.path("reason").asText())
          ? AdapterState.WAITING
          : AdapterState.FAILED;
      default -> AdapterState.IN_PROGRESS;
    };
  }

  private static String retry(JsonNode retry) {
    return retry.isObject()
        ? "attempt %d was requested at %s by %s".formatted(retry.path("wanted_attempt").asInt(),
            retry.path("requested_time").asText(), retry.path("requested_by").asText("somebody"))
        : "";
  }

  private static JsonNode condition(JsonNode report, String type) {
    for (var condition : report.path("conditions")) {
      if (type.equals(condition.path("type").asText())) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** The tooltip. */
  public String title() {
    var text = new StringBuilder(name).append(": ").append(state.words());
    Optional.of(reason).filter(word -> !word.isBlank()).ifPresent(word -> text.append(" (").append(word).append(")"));
    if (since.known()) {
      text.append(" since ").append(since.exact());
    }
    if (lag > 0) {
      text.append(", ").append(lag).append(lag == 1 ? " generation" : " generations").append(" behind");
    }
    return message.isBlank() ? text.toString() : text.append(". ").append(message).toString();
  }
}
