package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hyperfleet.kind.AdapterConditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A resource for a page.
 *
 * @param since when the phase began
 * @param message why it is Ready or not, in the API's words
 * @param adapters in the order of their names
 */
record ResourceView(String id, String kind, String name, int generation, int observed, boolean ready, Age since,
    String message, Age created, String createdBy, boolean deleting, Age deleted, String deletedBy, boolean paused,
    Age pausedAt, String pausedBy, Map<String, String> labels, JsonNode spec, String ownerId,
    String ownerKind, List<AdapterView> adapters) {

  private static final String SUCCESSFUL = "Successful";

  /** Reads a resource with or without its reports, from an API of this release or an older one. */
  static ResourceView of(JsonNode resource, Instant now) {
    int generation = resource.path("generation").asInt();
    boolean deleting = resource.hasNonNull("deleted_time");
    var status = resource.path("status");
    var labels = new LinkedHashMap<String, String>();
    resource.path("labels").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return new ResourceView(resource.path("id").asText(), resource.path("kind").asText(),
        resource.path("name").asText(), generation, status.path("observed_generation").asInt(),
        "Ready".equals(status.path("phase").asText()), Age.of(status.path("last_transition_time"), now),
        condition(status, "Reconciled").path("message").asText(), Age.of(resource.path("created_time"), now),
        resource.path("created_by").asText(), deleting, Age.of(resource.path("deleted_time"), now),
        resource.path("deleted_by").asText(), resource.path("paused").asBoolean(),
        Age.of(resource.path("paused_time"), now), resource.path("paused_by").asText(), labels, resource.path("spec"),
        resource.at("/owner_references/id").asText(), resource.at("/owner_references/kind").asText(),
        adapters(resource, status, generation, deleting, now));
  }

  private static List<AdapterView> adapters(JsonNode resource, JsonNode status, int generation, boolean deleting,
      Instant now) {
    var required = new LinkedHashMap<String, JsonNode>();
    for (var condition : status.path("conditions")) {
      var type = condition.path("type").asText();
      if (type.endsWith(SUCCESSFUL)) {
        required.put(type, condition);
      }
    }
    var adapters = new ArrayList<AdapterView>();
    var seen = new HashSet<String>();
    boolean listed = resource.has("adapter_statuses");
    for (var report : resource.path("adapter_statuses")) {
      var type = AdapterConditions.typeOf(report.path("adapter").asText());
      seen.add(type);
      adapters.add(AdapterView.of(report, generation, deleting, required.containsKey(type), now));
    }
    required.forEach((type, condition) -> {
      if (!seen.contains(type)) {
        adapters.add(AdapterView.silent(nameOf(type), condition, listed, now));
      }
    });
    adapters.sort(Comparator.comparing(AdapterView::name));
    return adapters;
  }

  /** The most likely adapter name for a condition. */
  private static String nameOf(String type) {
    return type.substring(0, type.length() - SUCCESSFUL.length()).replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static JsonNode condition(JsonNode status, String type) {
    for (var condition : status.path("conditions")) {
      if (type.equals(condition.path("type").asText())) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** One word for the resource as a whole. */
  public String state() {
    return deleting ? "Deleting" : paused ? "Paused" : ready ? "Ready" : "Not Ready";
  }

  public String colour() {
    return deleting || paused ? "grey" : ready ? "green" : "red";
  }

  /** The state of an adapter; null if it has none for this resource. */
  public AdapterView adapter(String adapter) {
    return adapters.stream().filter(one -> one.name().equals(adapter)).findFirst().orElse(null);
  }

  /** The adapters, the worst first. */
  public List<AdapterView> worstFirst() {
    return adapters.stream().sorted(Comparator.comparing(AdapterView::state)).toList();
  }

  /** Adapters that prevent it from being Ready, or that failed. */
  public List<AdapterView> troubles() {
    return worstFirst().stream().filter(one -> one.state() != AdapterState.AVAILABLE
        && one.state() != AdapterState.FINALIZED).toList();
  }

  public List<AdapterView> healthy() {
    return worstFirst().stream().filter(one -> one.state() == AdapterState.AVAILABLE
        || one.state() == AdapterState.FINALIZED).toList();
  }

  public String specText() {
    return spec.toPrettyString();
  }

  public String hint() {
    return KubectlHint.of(kind, id);
  }
}
