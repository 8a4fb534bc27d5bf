package io.hyperfleet.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the resources of one tenant, or of all. Not thread-safe. */
final class FleetCount {

  /** States of an adapter for a resource. */
  static final List<String> STATES = List.of("available", "failed", "waiting", "in_progress", "not_reported",
      "finalized");
  /** Resources that are named. */
  static final int MOST_OLDEST = 20;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, long[]> kinds = new LinkedHashMap<>();
  private final Map<String, Map<String, Map<String, Long>>> states = new LinkedHashMap<>();
  private final List<ObjectNode> oldest = new ArrayList<>();

  FleetCount(Kinds configured) {
    for (Kind kind : configured.all()) {
      kinds.put(kind.name(), new long[4]);
      var adapters = new LinkedHashMap<String, Map<String, Long>>();
      kind.requiredAdapters().forEach(adapter -> {
        var counts = new LinkedHashMap<String, Long>();
        STATES.forEach(state -> counts.put(state, 0L));
        adapters.put(adapter, counts);
      });
      states.put(kind.name(), adapters);
    }
  }

  void phase(String kind, boolean ready, long resources) {
    kinds.computeIfAbsent(kind, name -> new long[4])[ready ? 0 : 1] += resources;
    if (ready) {
      states.getOrDefault(kind, Map.of()).values().forEach(counts -> counts.merge("available", resources, Long::sum));
    }
  }

  void paused(String kind, long resources) {
    kinds.computeIfAbsent(kind, name -> new long[4])[3] += resources;
  }

  void deleting(String kind, long resources) {
    kinds.computeIfAbsent(kind, name -> new long[4])[2] += resources;
  }

  void state(String kind, String adapter, String state, long resources) {
    states.getOrDefault(kind, Map.of()).getOrDefault(adapter, new LinkedHashMap<>()).merge(state, resources, Long::sum);
  }

  /** The next one, longer not Ready than those that follow. */
  void oldest(ObjectNode resource) {
    if (oldest.size() < MOST_OLDEST) {
      oldest.add(resource);
    }
  }

  /** The numbers as they are shown. */
  ObjectNode snapshot(Set<String> suspended) {
    var snapshot = JSON.objectNode();
    snapshot.put("total", kinds.values().stream().mapToLong(counts -> counts[0] + counts[1]).sum());
    var byKind = snapshot.putArray("kinds");
    kinds.forEach((kind, counts) -> byKind.addObject().put("kind", kind).put("total", counts[0] + counts[1])
        .put("ready", counts[0]).put("not_ready", counts[1]).put("deleting", counts[2]).put("paused", counts[3]));
    var byAdapter = snapshot.putArray("adapters");
    states.forEach((kind, adapters) -> adapters.forEach((adapter, counts) -> {
      var item = byAdapter.addObject().put("name", adapter).put("kind", kind)
          .put("suspended", suspended.contains(adapter));
      var words = item.putObject("states");
      counts.forEach(words::put);
    }));
    snapshot.putArray("oldest_not_ready").addAll(oldest);
    return snapshot;
  }
}
