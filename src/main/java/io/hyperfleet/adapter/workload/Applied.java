package io.hyperfleet.adapter.workload;

import java.util.List;

/**
 * What became of applying an adapter's manifests; routes see it as {@code applied}.
 *
 * @param forbidden whether the operator's policy does not allow them
 * @param refused whether Kubernetes has refused one, or one cannot become an object
 * @param notAllowed whether a permission is missing
 * @param gone Jobs among them that were launched and are gone before anybody saw their ends
 * @param message what was not applied, or what is gone, and what to do about it
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
                ? " is gone before its end was seen; it is"
                : " are gone before their ends were seen; they are")
            + " not run again at this generation: ask for a retry, or change the resource, which makes a new "
            + "generation");
  }
}
