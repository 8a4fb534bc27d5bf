package io.hyperfleet.kind;

import java.util.List;

/**
 * Settings of one kind; what is left out keeps its default.
 *
 * @param name The kind as it stands in requests and answers, such as Cluster.
 * @param parent The kind that owns resources of this kind; none for root kinds.
 * @param requiredAdapters Adapters that must report Available=True before a resource is Ready; their order is that of
 *     the conditions.
 * @param nameMin Least length of a resource's name.
 * @param nameMax Greatest length of a resource's name, 100 at the most.
 * @param eventType CloudEvents type of its events; by default the kind in lower case with .changed.v1 behind it.
 * @param topic Topic that its events are published to; by default hyperfleet.(plural).changed.v1.
 */
public record KindProperties(
    String name,
    String parent,
    List<String> requiredAdapters,
    Integer nameMin,
    Integer nameMax,
    String eventType,
    String topic) {

  /** The kind that is there without any configuration. */
  static final KindProperties CLUSTER = new KindProperties(
      "Cluster", null, List.of("validation", "dns", "placement", "hyperfleet"), 3, 53, null, null);

  /** These settings, with another's where these say nothing. */
  KindProperties orElse(KindProperties other) {
    return new KindProperties(
        name != null ? name : other.name,
        parent != null ? parent : other.parent,
        requiredAdapters != null ? requiredAdapters : other.requiredAdapters,
        nameMin != null ? nameMin : other.nameMin,
        nameMax != null ? nameMax : other.nameMax,
        eventType != null ? eventType : other.eventType,
        topic != null ? topic : other.topic);
  }
}
