package io.hyperfleet.rollout;

import java.util.function.BooleanSupplier;

/**
 * What there is to know for the revision that a resource follows.
 *
 * @param rollout of the adapter, or null
 * @param wanted the wanted revision, or null
 * @param pinned what somebody has pinned the resource to, or null
 * @param reported what its adapter acted by last, or null; made the objects that are there
 * @param kept whether the content of that is known
 * @param deleting whether the resource is being deleted
 * @param moved whether it was there when its wave moved
 */
record FollowedRevision(Rollout rollout, String wanted, String pinned, String reported, boolean kept, boolean deleting,
    boolean moved) {

  /**
   * The revision that the resource follows; null where nobody can say.
   *
   * @param newcomer whether it has been created since the last wave moved, and falls into a wave that has; asked for
   * only where that counts
   */
  String revision(BooleanSupplier newcomer) {
    if (deleting && reported != null && kept) {
      return reported;
    }
    if (pinned != null) {
      return pinned;
    }
    if (rollout == null) {
      return wanted;
    }
    return switch (rollout.state()) {
      case DONE -> rollout.to();
      case ROLLING -> rollout.wave() > 0 && (moved || newcomer.getAsBoolean()) ? rollout.to() : rollout.from();
      // What has not followed yet stays where it is.
      case HALTED -> rollout.to().equals(reported) && (moved || newcomer.getAsBoolean())
          ? rollout.to()
          : rollout.from();
    };
  }
}
