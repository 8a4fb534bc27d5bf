package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The counts above the fleet's table, as last counted by the API.
 *
 * @param pending number of unpublished events; -1 if unknown
 * @param broken definitions of adapters that cannot be loaded
 */
record FleetSummary(Age counted, List<KindCount> kinds, List<AdapterCount> adapters, int pending, int dead,
    List<Broken> broken) {

  /** Resources of a kind. */
  record KindCount(String kind, int total, int ready, int notReady, int deleting, int paused) {}

  /** Number of resources of a kind by state of an adapter; only states that occur. */
  record AdapterCount(String name, String kind, boolean suspended, List<StateCount> states) {}

  /** How many. */
  record StateCount(AdapterState state, int count) {}

  /** A definition that cannot be loaded, with its location. */
  record Broken(String adapter, String where, String message) {

    static List<Broken> of(JsonNode items, String adapter) {
      var broken = new ArrayList<Broken>();
      for (var item : items) {
        var line = item.path("line").asInt();
        broken.add(new Broken(item.path("adapter").asText(adapter),
            item.path("file").asText() + (line > 0 ? ":" + line : ""), item.path("message").asText()));
      }
      return broken;
    }
  }

  static FleetSummary of(JsonNode fleet, Instant now) {
    var kinds = new ArrayList<KindCount>();
    for (var kind : fleet.path("kinds")) {
      kinds.add(new KindCount(kind.path("kind").asText(), kind.path("total").asInt(), kind.path("ready").asInt(),
          kind.path("not_ready").asInt(), kind.path("deleting").asInt(), kind.path("paused").asInt()));
    }
    var adapters = new ArrayList<AdapterCount>();
    for (var adapter : fleet.path("adapters")) {
      adapters.add(new AdapterCount(adapter.path("name").asText(), adapter.path("kind").asText(),
          adapter.path("suspended").asBoolean(), states(adapter.path("states"))));
    }
    var outbox = fleet.path("outbox");
    return new FleetSummary(Age.of(fleet.path("counted_time"), now), kinds, adapters,
        outbox.path("pending").asInt(-1), outbox.path("dead").asInt(), Broken.of(fleet.path("broken_definitions"), ""));
  }

  static List<StateCount> states(JsonNode counts) {
    var states = new ArrayList<StateCount>();
    for (var state : AdapterState.values()) {
      int count = counts.path(state.key()).asInt();
      if (count > 0) {
        states.add(new StateCount(state, count));
      }
    }
    return states;
  }

  /** The counts of a kind; null where there are none. */
  public KindCount kind(String name) {
    return kinds.stream().filter(kind -> kind.kind().equals(name)).findFirst().orElse(null);
  }

  /** Adapters with states other than healthy for a kind. */
  public List<AdapterCount> adapters(String kind) {
    return adapters.stream().filter(adapter -> adapter.kind().equals(kind)).toList();
  }
}
