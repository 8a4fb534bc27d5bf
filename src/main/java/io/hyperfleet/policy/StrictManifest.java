package io.hyperfleet.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether a manifest can become the object that it describes without anything of it being dropped or converted:
 * unknown fields, text for a number, a number for text, a map for a list. Whether a field is required, and whether its
 * value makes sense, is for the API server to say; of kinds that fabric8 has no types for, it is only looked at
 * metadata.
 *
 * <p>It is the same for a manifest that is loaded, where {@link Unknown} stands for what expressions will yield, and
 * for one that is filled in. For any number of threads.
 */
public final class StrictManifest {

  private static final List<String> SET_BY_KUBERNETES = List.of("uid", "resourceVersion", "generation",
      "creationTimestamp",
      "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields");

  private static final ManifestTypes TYPES = new ManifestTypes(StrictManifest::checkObject);

  private StrictManifest() {}

  /** All that is wrong, in the order of the manifest. */
  public static List<ManifestProblem> problems(Map<?, ?> manifest) {
    List<ManifestProblem> found = new ArrayList<>();
    checkObject(manifest, "", found);
    return found;
  }

  private static void checkObject(Object value, String path, List<ManifestProblem> found) {
    if (!(value instanceof Map<?, ?> object)) {
      if (value != Unknown.VALUE) {
        found.add(new ManifestProblem(path, "must be a map", null, value));
      }
      return;
    }
    Optional<FieldType> type = object.get("apiVersion") instanceof String version
        && object.get("kind") instanceof String kind
            ? TYPES.kind(version, kind)
            : Optional.empty();
    if (type.isPresent()) {
      type.get().check(object, path, found);
      if (object.get("status") instanceof Map<?, ?> status && !status.isEmpty()) {
        found.add(ManifestProblem.of(StructuredType.child(path, "status"), "Kubernetes sets the status; leave it out"));
      }
    } else {
      StructuredType.ANYTHING.check(object, path, found);
      if (object.get("metadata") != null) {
        TYPES.metadata().check(object.get("metadata"), StructuredType.child(path, "metadata"), found);
      }
    }
    if (object.get("metadata") instanceof Map<?, ?> metadata) {
      for (String key : SET_BY_KUBERNETES) {
        if (metadata.get(key) != null) {
          found.add(
              ManifestProblem.of(StructuredType.child(path, "metadata." + key), "Kubernetes sets it; leave it out"));
        }
      }
    }
  }
}
