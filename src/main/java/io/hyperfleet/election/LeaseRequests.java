package io.hyperfleet.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads and writes one Lease with optimistic locking. */
final class LeaseRequests {

  private final KubernetesClient kubernetes;
  private final String namespace;
  private final String name;
  private final String me;
  private final Duration duration;

  LeaseRequests(KubernetesClient kubernetes, String namespace, String name, String me, Duration duration) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    this.name = name;
    this.me = me;
    this.duration = duration;
  }

  /** The Lease, or null when there is none. */
  Lease read() {
    return resource().get();
  }

  /** Takes or renews the Lease as it was read; empty when it has changed since. */
  Optional<Lease> take(Lease read, int transitions) {
    boolean mine = isMine(read);
    var now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    return write(read, new LeaseBuilder(base(read)).editOrNewSpec()
        .withHolderIdentity(me)
        .withLeaseDurationSeconds((int) duration.toSeconds())
        .withAcquireTime(mine ? read.getSpec().getAcquireTime() : now)
        .withRenewTime(now)
        .withLeaseTransitions(transitions)
        .endSpec().build());
  }

  /** Releases the Lease, so that others need not wait until it expires. */
  void release() {
    var read = read();
    if (isMine(read)) {
      write(read,
          new LeaseBuilder(read).editSpec().withHolderIdentity("").withLeaseDurationSeconds(1).endSpec().build());
    }
  }

  private boolean isMine(Lease read) {
    return read != null && read.getSpec() != null && me.equals(read.getSpec().getHolderIdentity());
  }

  private Lease base(Lease read) {
    return read != null
        ? read
        : new LeaseBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata().build();
  }

  private Optional<Lease> write(Lease read, Lease wanted) {
    try {
      var lease = kubernetes.leases().inNamespace(namespace).resource(wanted);
      return Optional.of(read == null ? lease.create() : lease.update());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Resource<Lease> resource() {
    return kubernetes.leases().inNamespace(namespace).withName(name);
  }

  @Override
  public String toString() {
    return "the Lease " + namespace + "/" + name;
  }
}
