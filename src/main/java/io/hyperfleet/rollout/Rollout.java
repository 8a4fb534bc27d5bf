package io.hyperfleet.rollout;

import java.time.Instant;
import java.util.Locale;

/**
 * How a revision of an adapter reaches its resources.
 *
 * @param kind what the adapter acts on
 * @param from what resources follow that have not moved
 * @param to what those follow that have
 * @param wave the one that has moved last, from 1; 0 where none has
 * @param waves how many there are; 0 where it was at once
 * @param since since when it is in this state
 * @param waveTime when the last wave moved
 * @param reason why it halted, or null
 * @param left what somebody has gone back from, which does not become wanted again by itself; or null
 * @param governedTime when the API began to say what resources follow
 * @param untold whether a resource waits for the event that tells its adapter
 * @param readTime the database's clock
 */
public record Rollout(String adapter, String kind, String from, String to, State state, int wave, int waves,
    Instant since, Instant waveTime, String reason, String left, Instant governedTime, boolean untold,
    Instant readTime) {

  /** Where it stands. */
  public enum State {
    ROLLING, HALTED, DONE;

    /** As it is stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** What everything followed before, or follows now that it is done. */
  String complete() {
    return state == State.DONE ? to : from;
  }
}
