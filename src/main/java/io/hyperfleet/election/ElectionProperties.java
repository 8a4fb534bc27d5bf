package io.hyperfleet.election;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The election of the one process that works, by a Lease of Kubernetes.
 *
 * @param enabled Whether one process is elected to work; without, all of them do.
 * @param leaseName Name of the Lease, less what Camel adds.
 * @param namespace Namespace of the Lease and the pods; the pod's own when empty.
 * @param podName Name of this process's pod; its host name when empty.
 * @param podLabels Labels of the pods that may be elected, needed when enabled; only ready ones are.
 * @param leaseDuration How long the others wait for a leader that says nothing; whole seconds.
 * @param renewDeadline After what time a leader that cannot renew its Lease stops working; shorter than lease-duration.
 * @param retryPeriod Pause between two looks at the Lease.
 */
public record ElectionProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("hyperfleet") String leaseName,
    @DefaultValue("") String namespace,
    @DefaultValue("") String podName,
    @DefaultValue Map<String, String> podLabels,
    @DefaultValue("15s") Duration leaseDuration,
    @DefaultValue("10s") Duration renewDeadline,
    @DefaultValue("2s") Duration retryPeriod) {

  public ElectionProperties {
    if (enabled && podLabels.isEmpty()) {
      throw new IllegalArgumentException("leader-election.pod-labels: say by which labels the pods that may be elected are "
          + "found, such as app.kubernetes.io/component: sentinel");
    }
    if (renewDeadline.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException("leader-election.renew-deadline: must be shorter than lease-duration");
    }
  }
}
