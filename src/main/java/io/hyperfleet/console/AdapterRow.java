package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An adapter on the page of all adapters.
 *
 * @param revision the first characters of its revision; empty if processes have different ones
 * @param rollout the rollout of the wanted revision
 * @param announcers processes that run it now
 * @param states number of resources by state
 */
record AdapterRow(String name, List<String> kinds, List<String> requiredBy, String template, String revision,
    RolloutRow rollout, boolean suspended, int announcers, Age announced, Age reported,
    List<FleetSummary.StateCount> states,
    List<FleetSummary.Broken> broken) {

  private static final int SHOWN = 12;

  static AdapterRow of(JsonNode adapter, Instant now) {
    var name = adapter.path("name").asText();
    var revision = adapter.path("revision").asText();
    return new AdapterRow(name, texts(adapter.path("kinds")), texts(adapter.path("required_by")),
        adapter.path("template").asText(), brief(revision),
        RolloutRow.of(adapter, now),
        adapter.path("suspended").asBoolean(), adapter.path("announcers").asInt(),
        Age.of(adapter.path("last_announced_time"), now), Age.of(adapter.path("last_report_time"), now),
        FleetSummary.states(adapter.path("resources")), FleetSummary.Broken.of(adapter.path("broken"), name));
  }

  static String brief(String digest) {
    return digest.substring(0, Math.min(SHOWN, digest.length()));
  }

  private static List<String> texts(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The kind whose fleet shows its resources. */
  public String kind() {
    return requiredBy.isEmpty() ? kinds.isEmpty() ? "Cluster" : kinds.get(0) : requiredBy.get(0);
  }
}
