package io.hyperfleet.kind;

import java.util.List;

/**
 * Settings of one kind; what is left out keeps its default.
 *
 * @param name The kind as it stands in requests and answers, such as Cluster; required of a kind of your own.
 * @param parent The root kind that owns resources of this kind; none for root kinds.
 * @param onParentDelete What becomes of resources of this kind when their owner is deleted; restrict by default.
 * @param requiredAdapters Adapters that must report Available=True before a resource is Ready; their order is that of
 * the conditions. Of clusters validation, dns, placement and hyperfleet, of nodepools machines, of others none.
 * @param nameMin Least length of a resource's name; 1 by default, 3 for clusters and nodepools.
 * @param nameMax Greatest length of a resource's name, 100 at the most and by default; 53 for clusters, 15 for
 * nodepools.
 * @param references What resources of this kind may refer to; nothing by default.
 * @param specSchema Name of the schema of its specs in the file of hyperfleet.spec-schemas.location; by default the
 * kind with Spec behind it.
 * @param requireSpecSchema Whether the process must not start without that schema; false by default.
 * @param conditions Conditions that follow from reports by rules; none by default.
 * @param eventType CloudEvents type of its events; by default the kind in lower case with .changed.v1 behind it.
 * @param topic Topic that its events are published to; by default hyperfleet. and .changed.v1 around the plural.
 */
public record KindProperties(
    String name,
    String parent,
    DeletePolicy onParentDelete,
    List<String> requiredAdapters,
    Integer nameMin,
    Integer nameMax,
    List<ReferenceRule> references,
    String specSchema,
    Boolean requireSpecSchema,
    List<ConditionRule> conditions,
    String eventType,
    String topic) {

  /** The kinds that are there without any configuration. */
  static final KindProperties CLUSTER = new KindProperties("Cluster", null, null,
      List.of("validation", "dns", "placement", "hyperfleet"), 3, 53, null, null, null, null, null, null);
  static final KindProperties NODE_POOL = new KindProperties("NodePool", "Cluster", DeletePolicy.CASCADE,
      List.of("machines"), 3, 15, null, null, null, null, null, null);

  /** These settings, with another's where these say nothing. */
  KindProperties orElse(KindProperties other) {
    return new KindProperties(
        or(name, other.name),
        or(parent, other.parent),
        or(onParentDelete, other.onParentDelete),
        or(requiredAdapters, other.requiredAdapters),
        or(nameMin, other.nameMin),
        or(nameMax, other.nameMax),
        or(references, other.references),
        or(specSchema, other.specSchema),
        or(requireSpecSchema, other.requireSpecSchema),
        or(conditions, other.conditions),
        or(eventType, other.eventType),
        or(topic, other.topic));
  }

  private static <T> T or(T value, T other) {
    return value != null ? value : other;
  }
}
