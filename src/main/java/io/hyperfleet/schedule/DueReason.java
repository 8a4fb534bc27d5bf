package io.hyperfleet.schedule;

import java.util.Arrays;

/** Why a resource's next event is due. */
public enum DueReason {
  /** No adapter has reported yet. */
  NEVER_PROCESSED("never-processed"),
  /** No adapter has reported on the current generation yet. */
  GENERATION_CHANGED("generation-changed"),
  /** Not Ready, and the pause since the last event is over. */
  NOT_READY_MAX_AGE("not-ready-max-age"),
  /** Ready, and the oldest required report has reached its maximum age. */
  READY_MAX_AGE("ready-max-age"),
  /** A Sentinel's own decision. */
  CUSTOM("custom");

  private final String word;

  DueReason(String word) {
    this.word = word;
  }

  /** The reason in responses and events. */
  public String word() {
    return word;
  }

  /**
   * The reason for a resource's next event.
   *
   * @param reportedGeneration highest generation that any adapter has reported about, 0 = none
   */
  public static DueReason of(boolean ready, int generation, int reportedGeneration) {
    if (ready) {
      return READY_MAX_AGE;
    }
    if (reportedGeneration == 0) {
      return NEVER_PROCESSED;
    }
    return reportedGeneration < generation ? GENERATION_CHANGED : NOT_READY_MAX_AGE;
  }

  /** Whether a word is one of these reasons, so that an event with it comes from a Sentinel. */
  public static boolean known(String word) {
    return Arrays.stream(values()).anyMatch(reason -> reason.word.equals(word));
  }
}
