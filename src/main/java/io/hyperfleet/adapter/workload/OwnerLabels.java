package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.hyperfleet.adapter.event.Owner;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The labels and annotations that identify HyperFleet's objects. The platform sets them, overriding those of manifests.
 */
public final class OwnerLabels {

  public static final String CLUSTER_ID = "hyperfleet.io/cluster-id";
  public static final String NODE_POOL_ID = "hyperfleet.io/nodepool-id";
  public static final String MANAGED_BY = "hyperfleet.io/managed-by";
  public static final String RESOURCE_TYPE = "hyperfleet.io/resource-type";
  /** A label and an annotation: the generation of the object, in decimal. */
  public static final String GENERATION = "hyperfleet.io/generation";
  public static final String CREATED_BY = "hyperfleet.io/created-by";
  /** An annotation: the name of the object's manifest. */
  public static final String MANIFEST = "hyperfleet.io/manifest";
  /** An annotation: the digest of that manifest. */
  public static final String MANIFEST_DIGEST = "hyperfleet.io/manifest-digest";
  /** An annotation: the revision of the adapter that wrote the object last. A new revision alone writes nothing. */
  public static final String ADAPTER_REVISION = "hyperfleet.io/adapter-revision";
  /** An annotation on Jobs that are run again: the number of the attempt, from 1. */
  public static final String ATTEMPT = "hyperfleet.io/attempt";

  private static final String CREATOR = "hyperfleet";

  private OwnerLabels() {}

  /**
   * Sets labels and annotations on a rendered manifest, and labels on its pod template. The pod template gets no
   * generation, since that of a Job is immutable and must not change with the generation.
   *
   * @param manifest changed in place
   * @throws IllegalArgumentException when metadata, labels or annotations are not maps
   */
  public static void stamp(Map<String, Object> manifest, Owner owner) {
    Map<String, Object> metadata = child(manifest, "metadata");
    String kind = String.valueOf(manifest.get("kind")).toLowerCase(Locale.ROOT);
    Map<String, Object> labels = child(metadata, "labels");
    labels.putAll(labels(owner, kind));
    labels.put(GENERATION, Long.toString(owner.generation()));
    Map<String, Object> annotations = child(metadata, "annotations");
    annotations.put(GENERATION, Long.toString(owner.generation()));
    annotations.put(CREATED_BY, CREATOR);
    if (manifest.get("spec") instanceof Map<?, ?> spec && spec.get("template") instanceof Map<?, ?> template
        && template.get("spec") instanceof Map) {
      Map<String, Object> podTemplate = child(child(manifest, "spec"), "template");
      child(child(podTemplate, "metadata"), "labels").putAll(labels(owner, kind));
    }
  }

  /** Sets an annotation on a stamped manifest. */
  static void annotate(Map<String, Object> manifest, String name, String value) {
    child(child(manifest, "metadata"), "annotations").put(name, value);
  }

  /** Removes an annotation from a stamped manifest. */
  static void removeAnnotation(Map<String, Object> manifest, String name) {
    child(child(manifest, "metadata"), "annotations").remove(name);
  }

  /** The value of an annotation, empty if absent. */
  static String annotation(HasMetadata object, String name) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  /** The generation of an object, 0 if unknown. */
  static long generation(HasMetadata object) {
    var text = annotation(object, GENERATION);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Whether an object has the labels of this adapter and cluster (and node pool), for any generation. */
  public static boolean owns(Owner owner, Map<String, ?> object) {
    return object.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("labels") instanceof Map<?, ?> labels
        && selector(owner).entrySet().stream().allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }

  /** The labels that find an owner's objects. */
  public static Map<String, String> selector(Owner owner) {
    Map<String, String> selector = new LinkedHashMap<>();
    selector.put(CLUSTER_ID, WorkloadName.labelValue(owner.clusterId()));
    owner.nodePoolId().ifPresent(id -> selector.put(NODE_POOL_ID, WorkloadName.labelValue(id)));
    selector.put(MANAGED_BY, WorkloadName.labelValue(owner.adapter()));
    return selector;
  }

  /**
   * The id of an object's resource from its labels: that of the node pool if it has one, otherwise of the cluster.
   */
  public static Optional<String> resourceId(Map<String, ?> object) {
    if (object.get("metadata") instanceof Map<?, ?> metadata && metadata.get("labels") instanceof Map<?, ?> labels) {
      return Stream.of(NODE_POOL_ID, CLUSTER_ID).map(labels::get).filter(String.class::isInstance)
          .map(String.class::cast)
          .findFirst();
    }
    return Optional.empty();
  }

  private static Map<String, String> labels(Owner owner, String kind) {
    Map<String, String> labels = selector(owner);
    labels.put(RESOURCE_TYPE, WorkloadName.labelValue(kind));
    return labels;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> map, String key) {
    Object child = map.get(key);
    if (child == null) {
      child = new LinkedHashMap<String, Object>();
      map.put(key, child);
    }
    if (child instanceof Map) {
      return (Map<String, Object>) child;
    }
    throw new IllegalArgumentException("'" + key + "' of the manifest is not a map");
  }
}
