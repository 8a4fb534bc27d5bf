package io.hyperfleet.adapter.definition;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an adapter's CEL sees of an event.
 *
 * <ul>
 * <li>{@code cluster}: the cluster as the API answers it; for node pools {@code nodepool}, and {@code cluster} its
 * owner
 * <li>{@code adapters}: of each adapter that has reported or that the definition names: {@code available} (its last
 * definitive answer is True, whatever the generation), {@code upToDate} (and of the current generation), {@code data},
 * {@code conditions} by type with status, reason, message and last_transition_time, and {@code
 * observed_generation}. One that has not reported is not available, and its data and conditions are empty
 * <li>{@code event}: id, generation, kind and what else it carried
 * <li>{@code adapter}: name and parameters
 * <li>{@code resources}: what the adapter applied, by the manifest's name; empty until then
 * <li>{@code now}: the current time, a CEL timestamp ({@code now - timestamp(x) > duration('1h')}); the function
 * {@code now()} is the same as RFC 3339 text</ul>
 */
public final class AdapterVariables {

  /** What {@code adapters} has of each. */
  static final List<String> OF_AN_ADAPTER = List.of("available", "upToDate", "data", "conditions",
      "observed_generation");
  /** What {@code adapters} has of each of their conditions. */
  static final List<String> OF_A_CONDITION = List.of("status", "reason", "message", "last_transition_time");
  /** What {@code adapter} has. */
  static final List<String> OF_ITSELF = List.of("name", "parameters");

  private static final String CLUSTER = "cluster";

  private AdapterVariables() {}

  /** The names of the variables for an adapter of a kind. */
  static Set<String> names(String kind) {
    var names = new TreeSet<>(Set.of(CLUSTER, "adapters", "event", "adapter", "resources", "now"));
    names.add(kind.toLowerCase(Locale.ROOT));
    return names;
  }

  /** The variables for an event of a cluster, {@code resources} still empty. */
  public static Map<String, Object> of(AdapterDefinition definition, Map<String, ?> cluster, Map<String, ?> event,
      Instant now) {
    return of(definition, cluster, cluster, event, now);
  }

  /**
   * The variables for an event.
   *
   * @param resource what the event is about, with {@code adapter_statuses}: a list as of {@code GET /statuses}
   * @param cluster the cluster that owns it; the resource itself for clusters
   * @param event the event's data
   * @return a new mutable map, to which the caller adds {@code resources} once there are any
   */
  public static Map<String, Object> of(AdapterDefinition definition, Map<String, ?> resource, Map<String, ?> cluster,
      Map<String, ?> event, Instant now) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put(definition.kind().toLowerCase(Locale.ROOT), resource);
    variables.put(CLUSTER, cluster);
    variables.put("adapters", adapters(definition, resource));
    variables.put("event", event);
    variables.put("adapter", Map.of("name", definition.name(), "parameters", definition.parameters()));
    variables.put("resources", Map.of());
    variables.put("now", now);
    return variables;
  }

  private static Map<String, Object> adapters(AdapterDefinition definition, Map<String, ?> resource) {
    Map<String, Object> adapters = new LinkedHashMap<>();
    Map<String, Object> silent = adapter(Map.of(), null);
    definition.mentionedAdapters().forEach(name -> adapters.put(name, silent));
    if (resource.get("adapter_statuses") instanceof List<?> reports) {
      for (Object item : reports) {
        if (item instanceof Map<?, ?> report && report.get("adapter") instanceof String name) {
          adapters.put(name, adapter(report, resource.get("generation")));
        }
      }
    }
    return adapters;
  }

  private static Map<String, Object> adapter(Map<?, ?> report, Object generation) {
    Map<?, ?> definitive = map(report.get("last_definitive"));
    boolean available = "True".equals(definitive.get("status"));
    Map<String, Object> adapter = new LinkedHashMap<>();
    adapter.put("available", available);
    adapter.put("upToDate", available && same(definitive.get("observed_generation"), generation));
    adapter.put("data", definitive.get("data") instanceof Map<?, ?> data ? data : map(report.get("data")));
    adapter.put("conditions", conditions(report.get("conditions")));
    adapter.put("observed_generation", report.get("observed_generation") instanceof Number number
        ? number.longValue()
        : 0L);
    return adapter;
  }

  private static Map<String, Object> conditions(Object conditions) {
    Map<String, Object> byType = new LinkedHashMap<>();
    if (conditions instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> condition && condition.get("type") instanceof String type) {
          byType.put(type, Map.of("status", text(condition.get("status")), "reason", text(condition.get("reason")),
              "message", text(condition.get("message")),
              "last_transition_time", text(condition.get("last_transition_time"))));
        }
      }
    }
    return byType;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Object value) {
    return value instanceof String text ? text : "";
  }

  private static boolean same(Object one, Object other) {
    return one instanceof Number a && other instanceof Number b && a.longValue() == b.longValue();
  }
}
