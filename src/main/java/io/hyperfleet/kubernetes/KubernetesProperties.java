package io.hyperfleet.kubernetes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Kubernetes API that adapters act on. Which one it is comes from where Kubernetes' own clients read it:
 * KUBECONFIG, ~/.kube/config, or the service account of the pod.
 *
 * @param kubeconfig Kubeconfig file to use instead of those places; they when empty.
 * @param connectionTimeout How long connecting may take.
 * @param requestTimeout How long an answer may take to begin, and then to end; that of a watch never has to end.
 * @param retries How often a request that got no answer, or 429 or a 5xx that may pass, is sent again, with growing
 * pauses.
 * @param maxConcurrentRequests Requests at once; adapters handle events in parallel.
 * @param circuitBreaker When adapters stop asking a Kubernetes API that does not answer.
 */
@Validated
@ConfigurationProperties("hyperfleet.kubernetes")
public record KubernetesProperties(
    @DefaultValue("") String kubeconfig,
    @DefaultValue("3s") Duration connectionTimeout,
    @DefaultValue("10s") Duration requestTimeout,
    @DefaultValue("1") @Min(0) int retries,
    @DefaultValue("64") @Min(1) int maxConcurrentRequests,
    @DefaultValue @Valid CircuitBreaker circuitBreaker) {

  /**
   * What is counted is an adapter's work at Kubernetes for one event. It has failed when there was no answer, or 429 or
   * 5xx, unless that says that the manifest is at fault; a permission that an adapter lacks does not count.
   *
   * @param window Over which time events are counted; whole seconds.
   * @param minimumCalls Events in that time before anything is concluded.
   * @param failureRate Percent of these events that must have failed, so that nothing is sent to Kubernetes any more.
   * @param open How long nothing is sent then; after that a few events try whether it answers again.
   */
  public record CircuitBreaker(
      @DefaultValue("10s") @DurationMin(seconds = 1) Duration window,
      @DefaultValue("20") @Min(1) int minimumCalls,
      @DefaultValue("80") @Min(1) @Max(100) int failureRate,
      @DefaultValue("5s") @DurationMin(millis = 1) Duration open) {}
}
