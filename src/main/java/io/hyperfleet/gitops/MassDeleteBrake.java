package io.hyperfleet.gitops;

/** Holds a comparison back that would delete so much that a mistake is likelier than the truth. */
final class MassDeleteBrake {

  private static final int ALWAYS_ALLOWED = 10;

  private MassDeleteBrake() {}

  /**
   * Whether so many deletions are too many.
   *
   * @param managed files that there are
   * @param ratio part of them that may go at once
   */
  static boolean holds(int deletions, int managed, double ratio) {
    return deletions > Math.max(ALWAYS_ALLOWED, managed * ratio);
  }
}
