package io.hyperfleet.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that a manifest can become an object without dropping or converting anything: unknown fields, text for a
 * number, a number for text, a map for a list. Required fields and valid values are left to the API server; for kinds
 * without fabric8 types only metadata is checked.
 *
 * <p>It works for a loaded manifest, where {@link Unknown} stands for results of expressions, and for a rendered one.
 * Thread-safe.
 */
public final class StrictManifest {

  private static final List<String> SET_BY_KUBERNETES = List.of("uid", "resourceVersion", "generation",
      "creationTimestamp",
      "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields");

  private static final ManifestTypes TYPES = new ManifestTypes(StrictManifest::checkObject);

  private StrictManifest() {}

  /** All problems, in the order of the manifest. */
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
        found.add(ManifestProblem.of(StructuredType.child(path, "status"), "remove it; Kubernetes sets the status"));
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
              ManifestProblem.of(StructuredType.child(path, "metadata." + key), "remove it; Kubernetes sets it"));
        }
      }
    }
  }
}
