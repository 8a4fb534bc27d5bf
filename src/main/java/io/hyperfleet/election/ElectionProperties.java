package io.hyperfleet.election;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Leader election with a Kubernetes Lease.
 *
 * @param enabled Whether to elect one process that works; otherwise all processes do.
 * @param leaseName Prefix of the Lease's name, followed by a hyphen and the role.
 * @param namespace Namespace of the Lease; the pod's own when empty.
 * @param podName Unique name of this process as holder of the Lease; the host name, which is the pod's name, when
 * empty.
 * @param leaseDuration How long other processes wait for a silent leader before they take over; whole seconds.
 * @param renewDeadline How long a leader keeps working without renewing its Lease; shorter than lease-duration.
 * @param retryPeriod Pause between two attempts to acquire or renew the Lease; shorter than renew-deadline.
 */
public record ElectionProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("hyperfleet") String leaseName,
    @DefaultValue("") String namespace,
    @DefaultValue("") String podName,
    @DefaultValue("15s") Duration leaseDuration,
    @DefaultValue("10s") Duration renewDeadline,
    @DefaultValue("2s") Duration retryPeriod) {

  public ElectionProperties {
    if (leaseDuration.toSeconds() < 1) {
      throw new IllegalArgumentException("leader-election.lease-duration: must be 1s or longer");
    }
    if (renewDeadline.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException("leader-election.renew-deadline: must be shorter than lease-duration");
    }
    if (retryPeriod.compareTo(renewDeadline) >= 0 || retryPeriod.toMillis() < 1) {
      throw new IllegalArgumentException(
          "leader-election.retry-period: must be shorter than renew-deadline, and 1ms or longer");
    }
  }
}
