package io.hyperfleet.kind;

import java.util.List;

/**
 * Settings of one kind; missing settings keep their defaults.
 *
 * @param name Name of the kind in requests and responses, such as Cluster; required for custom kinds.
 * @param parent The root kind that owns resources of this kind; none for root kinds.
 * @param onParentDelete Handling of resources of this kind when their owner is deleted; restrict by default.
 * @param requiredAdapters Adapters that must report Available=True before a resource is Ready; also sets the order of
 * their conditions. Of clusters validation, dns, placement and hyperfleet, of nodepools machines, of others none.
 * @param nameMin Minimum length of a resource's name; 1 by default, 3 for clusters and nodepools.
 * @param nameMax Maximum length of a resource's name, up to 100; 100 by default, 53 for clusters, 15 for nodepools.
 * @param references References that resources of this kind may have; none by default.
 * @param specSchema Name of the schema for its specs in the file of hyperfleet.spec-schemas.location; by default the
 * kind followed by Spec.
 * @param requireSpecSchema Whether the schema is required for the process to start; false by default.
 * @param conditions Rules that derive conditions from reports; none by default.
 * @param eventType CloudEvents type of its events; by default the kind in lower case followed by .changed.v1.
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
