package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.Map;

/**
 * A change of an object from an informer.
 *
 * @param source the source that saw it
 * @param identifier which object
 * @param action ADDED, MODIFIED or DELETED
 * @param missed whether it is a deletion that the watch missed
 * @param before the object as it was known before; empty when it was not
 * @param object as it is now, or was last
 */
public record WatchedChange(WatchSource source, ResourceIdentifier identifier, String action, boolean missed,
    Map<String, Object> before, Map<String, Object> object) {

  boolean isAddition() {
    return action.equals("ADDED");
  }

  boolean isDeletion() {
    return action.equals("DELETED");
  }
}
