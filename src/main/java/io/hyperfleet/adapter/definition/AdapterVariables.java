package io.hyperfleet.adapter.definition;

import io.hyperfleet.json.StatusConditions;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The variables of an adapter's CEL expressions; {@link #described} explains each. */
public final class AdapterVariables {

  /** Fields of each adapter in {@code adapters}. */
  static final List<String> OF_AN_ADAPTER = List.of("available", "upToDate", "data", "conditions",
      "observed_generation");
  /** Fields of each of their conditions. */
  static final List<String> OF_A_CONDITION = List.of("status", "reason", "message", "last_transition_time");
  /** Fields of {@code adapter}. */
  static final List<String> OF_ITSELF = List.of("name", "parameters");

  private static final String CLUSTER = "cluster";

  private AdapterVariables() {}

  /**
   * A variable, or a part of it.
   *
   * @param name as expressions write it
   * @param type its type
   * @param what meaning, with units
   * @param missing its value if there is none
   * @param example an expression
   * @param result its result as JSON
   */
  public record Described(String name, String type, String what, String missing, String example, String result) {}

  private static final List<Described> DESCRIBED = List.of(
      new Described(CLUSTER, "map",
          "The cluster as the API returns it: `id`, `name`, `generation`, `spec`, `labels`, `created_time` and the "
              + "other fields. For a node pool, the cluster that owns it.",
          "A missing key is an error; write `cluster.spec.?region`.", "cluster.spec.region", "\"eu-1\""),
      new Described("nodepool", "map", "The node pool as the API returns it; only for an adapter with `for: NodePool`.",
          "As for `cluster`.", "", ""),
      new Described("adapters.X.available", "bool",
          "Whether the last report of adapter X other than Unknown was True, for any generation. Write a name with a "
              + "hyphen as `adapters['my-adapter']`.",
          "False if the adapter has not reported.", "adapters.dns.available", "true"),
      new Described("adapters.X.upToDate", "bool", "The same for the current generation.",
          "False if the adapter has not reported.", "adapters.dns.upToDate", "true"),
      new Described("adapters.X.data", "map", "The data of that report.",
          "Empty; the adapter waits for a missing key.",
          "adapters.dns.data.?dns.orValue('')", "\"prod.example.com\""),
      new Described("adapters.X.conditions", "map",
          "The conditions of its last report by type, each with `status`, `reason`, `message` and "
              + "`last_transition_time` (RFC 3339).",
          "Empty; functions for conditions accept that.", "adapters.dns.conditions.Available.reason",
          "\"ResourcesReady\""),
      new Described("adapters.X.observed_generation", "int", "The generation of its last report.", "0.",
          "adapters.dns.observed_generation", "3"),
      new Described("event", "map",
          "The event: `id` of the resource, `kind`, `generation`, `reason`, `type`, `time`, and its other attributes.",
          "A missing key is an error.", "event.reason", "\"created\""),
      new Described("adapter.name", "string", "The adapter's name.", "Always present.", "adapter.name", "\"mine\""),
      new Described("adapter.parameters", "map", "Its `spec.parameters`.",
          "Empty; an unknown name is rejected when the folder is loaded.", "adapter.parameters.days", "30"),
      new Described("resources.X", "map",
          "An object in Kubernetes, by the name of its manifest or discovery; the Job of a job-adapter is "
              + "`resources.job`.",
          "Empty before the adapter acts; the adapter waits for missing objects.",
          "resources.job.status.succeeded", "1"),
      new Described("resources.X.result", "any",
          "The result of a Job of the adapter once it has finished: the termination message of its last pod, parsed "
              + "if it is JSON, otherwise as text. [Return data from a Job](guide.md#return-data-from-a-job) has the "
              + "rules.",
          "Absent while the Job runs, and if it returned nothing.", "resources.job.result.bucket", "\"b-1\""),
      new Described("now", "timestamp", "The current time by the API's clock; `now()` returns it as text.",
          "Always present.",
          "now - timestamp('2026-01-01T00:00:00Z') > duration('24h')", "true"),
      new Described(AdapterExpressions.REPORT, "map",
          "The report about to be sent: `message`, and each condition by type with `status`, `reason` and `message`; "
              + "in `messages` only `message`.",
          "`message` is empty if there is none.", "report.Available.reason", "\"JobSucceeded\""));

  /** The descriptions of all variables. */
  public static List<Described> described() {
    return DESCRIBED;
  }

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
   * @param resource resource of the event, with {@code adapter_statuses}: a list as of {@code GET /statuses}
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
    Map<?, ?> definitive = definitive(report);
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

  /** The last report other than Unknown; if the API does not provide it, derived from the conditions. */
  private static Map<?, ?> definitive(Map<?, ?> report) {
    if (report.get("last_definitive") instanceof Map<?, ?> kept) {
      return kept;
    }
    var status = text(StatusConditions.find(report.get("conditions"), "Available").get("status"));
    Map<String, Object> said = new HashMap<>();
    said.put("status", status);
    said.put("observed_generation", report.get("observed_generation"));
    return said;
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
