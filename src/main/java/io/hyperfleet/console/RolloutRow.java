package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * How the wanted revision of an adapter reaches its resources.
 *
 * @param wanted the first characters of the wanted revision; empty without one
 * @param state rolling, halted or done; empty where resources follow the folder
 * @param words the wave and what became of it
 * @param next when the next wave may move
 * @param reason why it has halted
 * @param back whether there is something to go back to
 */
record RolloutRow(String wanted, String state, String words, Age next, String reason, String held, boolean back) {

  static RolloutRow of(JsonNode adapter, Instant now) {
    var rollout = adapter.path("rollout");
    var state = rollout.path("state").asText();
    var words = new StringBuilder();
    if (state.equals("rolling") || state.equals("halted")) {
      words.append("wave ").append(rollout.path("wave").asInt()).append(" of ").append(rollout.path("waves").asInt());
      if (rollout.has("moved")) {
        words.append(": ").append(rollout.path("moved").asLong()).append(" moved, ")
            .append(rollout.path("healthy").asLong()).append(" healthy, ").append(rollout.path("failed").asLong())
            .append(" failed, ").append(rollout.path("pending").asLong()).append(" have not answered");
      }
    }
    return new RolloutRow(AdapterRow.brief(adapter.path("wanted_revision").asText()), state, words.toString(),
        Age.of(rollout.path("next_wave_time"), now), rollout.path("reason").asText(),
        AdapterRow.brief(rollout.path("held_revision").asText()),
        adapter.has("previous_revision") && !rollout.has("held_revision"));
  }

  public boolean rolling() {
    return state.equals("rolling");
  }

  public boolean halted() {
    return state.equals("halted");
  }

  /** A colour of PatternFly's labels. */
  public String colour() {
    return halted() ? "red" : rolling() ? "blue" : "grey";
  }
}
