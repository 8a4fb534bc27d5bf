package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.WatchRule.Change;

/**
 * A change of an object, for one of the destinations that watch it.
 *
 * @param destination the destination that watches it
 * @param watched the change that an informer reported
 * @param compared whether the first comparison of the destination has seen the object already
 * @param term in which this process writes; of what began in an earlier one nothing is written
 */
public record LiveChange(Destination destination, WatchedChange watched, boolean compared, int term) {

  /** Whether a rule of the destination that saw the object asks for this. */
  boolean isWanted(Change wanted) {
    return watched.source().targets().stream()
        .anyMatch(target -> target.destination().equals(destination) && target.rule().operations().contains(wanted));
  }
}
