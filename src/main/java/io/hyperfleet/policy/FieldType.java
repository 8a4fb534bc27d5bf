package io.hyperfleet.policy;

import java.util.List;

/** The type of a field of a Kubernetes object. */
interface FieldType {

  /** Adds the problems of a value that is not null, and of its fields. */
  void check(Object value, String path, List<ManifestProblem> found);
}
