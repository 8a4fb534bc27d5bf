package io.hyperfleet.election;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The election of the one process that works, by a Lease of Kubernetes.
 *
 * @param enabled Whether one process is elected to work; without, all of them do.
 * @param leaseName What the Lease's name begins with; a hyphen and the role follow.
 * @param namespace Namespace of the Lease; the pod's own when empty.
 * @param podName Name by which this process holds the Lease, of its own; its host name, which is the pod's, when empty.
 * @param leaseDuration How long the others wait for a leader that says nothing; whole seconds.
 * @param renewDeadline After what time a leader that cannot renew its Lease stops working; shorter than lease-duration.
 * @param retryPeriod Pause between two looks at the Lease; shorter than renew-deadline.
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
