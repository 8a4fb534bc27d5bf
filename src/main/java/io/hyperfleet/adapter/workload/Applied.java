package io.hyperfleet.adapter.workload;

import java.util.List;

/**
 * The result of applying an adapter's manifests; routes see it as {@code applied}.
 *
 * @param forbidden whether the operator's policy forbids them
 * @param refused whether Kubernetes rejected one, or one is not a valid object
 * @param notAllowed whether a permission is missing
 * @param gone launched Jobs that disappeared before their outcome was seen
 * @param message what was not applied or is gone, and what to do
 */
public record Applied(boolean forbidden, boolean refused, boolean notAllowed, List<String> gone, String message) {

  /** Whether all are applied. */
  public boolean done() {
    return !forbidden && !refused && !notAllowed;
  }

  static Applied forbidden(List<String> violations) {
    return new Applied(true, false, false, List.of(), Manifests.describe(violations));
  }

  static Applied refused(String reason) {
    return new Applied(false, true, false, List.of(), reason);
  }

  static Applied withoutPermission() {
    return new Applied(false, false, true, List.of(), "");
  }

  static Applied all(List<String> gone) {
    return new Applied(false, false, false, List.copyOf(gone), gone.isEmpty()
        ? ""
        : String.join(", ", gone)
            + (gone.size() == 1
                ? " disappeared before its outcome was seen; it is"
                : " disappeared before their outcomes were seen; they are")
            + " not rerun for this generation: request a retry, or change the resource to start a new generation");
  }
}
