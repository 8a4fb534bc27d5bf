package io.hyperfleet.sentinel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Sentinel. The API owns the schedule ({@code hyperfleet.schedule}), the Sentinel looks for what is due.
 *
 * @param pollInterval Pause between two looks at what is due.
 * @param pageSize Due resources that are handled together; a full page is followed by the next one at once.
 * @param kinds Plurals of the kinds to look after; all that have required adapters when empty.
 * @param decisions By plural, which resources get an event; where there is none, every one that is due.
 * @param leaderElection One of several Sentinels works, the others wait.
 * @param resourceSelector Labels that a resource must carry, all of them, to be looked after; everything when empty.
 */
@Validated
@ConfigurationProperties("hyperfleet.sentinel")
public record SentinelProperties(
    @DefaultValue("500ms") Duration pollInterval, @DefaultValue("500") @Min(1) @Max(1000) int pageSize,
    @DefaultValue List<String> kinds, @DefaultValue Map<String, DecisionProperties> decisions,
    @DefaultValue LeaderElection leaderElection, @DefaultValue List<ResourceSelector.Label> resourceSelector) {

  /**
   * The election of the one Sentinel that works, by a Lease of Kubernetes. It saves requests and is never needed for
   * correctness: any number of Sentinels may work.
   *
   * @param enabled Whether one is elected.
   * @param leaseName Name of the Lease, less what Camel adds.
   * @param namespace Namespace of the Lease and the pods; the pod's own when empty.
   * @param podName Name of this process's pod; its host name when empty.
   * @param podLabels Labels of the pods that may be elected; only ready ones are.
   * @param leaseDuration How long the others wait for a leader that says nothing; whole seconds.
   * @param renewDeadline After what time a leader that cannot renew its Lease stops; shorter.
   * @param retryPeriod Pause between two looks at the Lease.
   */
  public record LeaderElection(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("hyperfleet") String leaseName,
      @DefaultValue("") String namespace,
      @DefaultValue("") String podName,
      @DefaultValue Map<String, String> podLabels,
      @DefaultValue("15s") Duration leaseDuration,
      @DefaultValue("10s") Duration renewDeadline,
      @DefaultValue("2s") Duration retryPeriod) {

    public LeaderElection {
      if (enabled && podLabels.isEmpty()) {
        throw new IllegalArgumentException("hyperfleet.sentinel.leader-election.pod-labels: say by which labels the pods "
            + "of this Sentinel are found, such as app.kubernetes.io/component: sentinel");
      }
      if (renewDeadline.compareTo(leaseDuration) >= 0) {
        throw new IllegalArgumentException(
            "hyperfleet.sentinel.leader-election.renew-deadline: must be shorter than lease-duration");
      }
    }
  }
}
