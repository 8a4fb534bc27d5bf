package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.id.UuidV7;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One resource of every kind, and an event, that belong to one tenant. */
final class TenantWorld {

  private static final Map<String, String> PARENTS = Map.of("NodePool", "Cluster", "Machine", "Cluster", "Note",
      "Cluster",
      "Version", "Channel");
  private static final List<String> KINDS = List.of("Cluster", "NodePool", "Machine", "Note", "Channel", "Version",
      "WifConfig",
      "Service", "Database", "Queue", "Gateway");

  private final Map<String, String> ids;

  private TenantWorld(Map<String, String> ids) {
    this.ids = ids;
  }

  static TenantWorld create(ApiIT api, String... headers) {
    var world = new TenantWorld(new HashMap<>());
    for (String kind : KINDS) {
      var parent = PARENTS.get(kind);
      var path = (parent == null ? "" : path(parent) + "/" + world.ids.get(parent)) + path(kind);
      var created = api.send("POST", path, world.body(kind, "secret"), headers);
      assertThat(created.status()).as("%s %s", path, created.body()).isEqualTo(201);
      world.ids.put(kind, created.text("id"));
    }
    world.ids.put("Event",
        api.jdbc.sql("select event_id::text from outbox where aggregate_id = ?").param(world.ids.get("Cluster"))
            .query(String.class).single());
    return world;
  }

  /** Where there is nothing at all. */
  static TenantWorld missing() {
    var ids = new HashMap<String, String>();
    KINDS.forEach(kind -> ids.put(kind, UuidV7.next().toString()));
    ids.put("Event", UuidV7.next().toString());
    return new TenantWorld(ids);
  }

  static String path(String kind) {
    return "/" + kind.toLowerCase() + "s";
  }

  Map<String, String> ids() {
    return ids;
  }

  String id(String kind) {
    return ids.get(kind);
  }

  /** A request for another resource of a kind, which refers to those of this world. */
  String body(String kind, String name) {
    var spec = kind.equals("Queue") ? "{\"region\": \"r1\"}" : "{}";
    var references = kind.equals("Service")
        ? ", \"references\": {\"wif\": [{\"id\": \"" + ids.get("WifConfig") + "\"}]}"
        : "";
    return "{\"kind\": \"" + kind + "\", \"name\": \"" + name + "\", \"spec\": " + spec + references + "}";
  }

  /** The path of an operation about resources of this world, and about an owner of another. */
  String fill(String template, String kind, TenantWorld owners) {
    boolean below = template.contains("{nodepool_id}")
        || template.contains("{owner_id}") && template.contains("{resource_id}");
    return template.replace("{adapter}", "dns").replace("{cluster_id}", (below ? owners : this).id("Cluster"))
        .replace("{nodepool_id}", id("NodePool")).replace("{event_id}", id("Event"))
        .replace("{owner_id}", (below ? owners : this).ids.getOrDefault(PARENTS.getOrDefault(kind, ""), ""))
        .replace("{resource_id}", id(kind.isEmpty() ? "Cluster" : kind));
  }
}
