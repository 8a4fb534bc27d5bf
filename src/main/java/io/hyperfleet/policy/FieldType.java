package io.hyperfleet.policy;

import java.util.List;

/** What a field of a Kubernetes object may hold. */
interface FieldType {

  /** Adds what is wrong with a value that is not null, and with what stands below it. */
  void check(Object value, String path, List<ManifestProblem> found);
}
