package io.hyperfleet.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * What this process has seen of a Lease. It counts from when it saw the Lease change, by its own clock: the times in a
 * Lease are of another machine's clock, and are never compared with this one's. Not for several threads at once.
 */
final class ObservedLease {

  private final String me;
  private final Duration usual;
  private LeaseSpec spec = new LeaseSpec();
  private long changed;

  /**
   * Nothing is seen yet.
   *
   * @param me as whom this process holds the Lease
   * @param usual how long a holder that says nothing is waited for, where the Lease does not say it
   */
  ObservedLease(String me, Duration usual) {
    this.me = me;
    this.usual = usual;
  }

  /**
   * Notes what there is.
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

  /** Who holds it, whether or not it has expired; empty when nobody does. */
  String holder() {
    return Objects.requireNonNullElse(spec.getHolderIdentity(), "");
  }

  /**
   * Whether this process holds it, or may take it: nobody holds it, or its holder has said nothing for its duration.
   */
  boolean isMineOrFree(long nanos) {
    return holder().equals(me) || !isHeld(nanos);
  }

  /** Whether somebody holds it and has renewed it in time. */
  boolean isHeld(long nanos) {
    return !holder().isEmpty() && nanos - changed < duration().toNanos();
  }

  private Duration duration() {
    var seconds = spec.getLeaseDurationSeconds();
    return seconds == null || seconds < 1 ? usual : Duration.ofSeconds(seconds);
  }

  /** How often the Lease has gone from one holder to another when this process takes or renews it now. */
  int transitions() {
    int before = Objects.requireNonNullElse(spec.getLeaseTransitions(), 0);
    return holder().equals(me) || holder().isEmpty() && spec.getRenewTime() == null ? before : before + 1;
  }
}
