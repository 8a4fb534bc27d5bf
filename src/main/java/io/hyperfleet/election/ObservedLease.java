package io.hyperfleet.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * A Lease as observed by this process. Durations count from when this process observed a change, by its own clock:
 * times in a Lease are from another machine's clock and never compared. Not thread-safe.
 */
final class ObservedLease {

  private final String me;
  private final Duration usual;
  private LeaseSpec spec = new LeaseSpec();
  private long changed;

  /**
   * Nothing observed yet.
   *
   * @param me this process's identity as a holder of the Lease
   * @param usual how long to wait for a silent holder, if the Lease does not say
   */
  ObservedLease(String me, Duration usual) {
    this.me = me;
    this.usual = usual;
  }

  /**
   * Records an observation.
   *
   * @param lease null when there is none
   * @param nanos time of this process, as {@link System#nanoTime}
   */
  void see(Lease lease, long nanos) {
    var seen = lease == null || lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    if (!seen.equals(spec)) {
      spec = seen;
      changed = nanos;
    }
  }

  /** The holder, even if expired; empty if there is none. */
  String holder() {
    return Objects.requireNonNullElse(spec.getHolderIdentity(), "");
  }

  /**
   * Whether this process holds it or may acquire it: it is free, or its holder has not renewed it for its duration.
   */
  boolean isMineOrFree(long nanos) {
    return holder().equals(me) || !isHeld(nanos);
  }

  /** Whether it is held and was renewed in time. */
  boolean isHeld(long nanos) {
    return !holder().isEmpty() && nanos - changed < duration().toNanos();
  }

  private Duration duration() {
    var seconds = spec.getLeaseDurationSeconds();
    return seconds == null || seconds < 1 ? usual : Duration.ofSeconds(seconds);
  }

  /** Number of transitions of the Lease once this process acquires or renews it. */
  int transitions() {
    int before = Objects.requireNonNullElse(spec.getLeaseTransitions(), 0);
    return holder().equals(me) || holder().isEmpty() && spec.getRenewTime() == null ? before : before + 1;
  }
}
