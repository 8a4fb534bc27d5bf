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
 * The Kubernetes API that adapters act on. It is found as by Kubernetes' own clients: KUBECONFIG, ~/.kube/config, or
 * the service account of the pod.
 *
 * @param kubeconfig Kubeconfig file to use instead of these places; none when empty.
 * @param connectionTimeout How long connecting may take.
 * @param requestTimeout Time limit for a response to start, and then to finish; a watch may stay open.
 * @param retries How many times a request is retried after no response, 429 or a transient 5xx, with growing pauses.
 * @param maxConcurrentRequests Maximum number of concurrent requests; adapters handle events in parallel.
 * @param circuitBreaker When adapters stop calling a Kubernetes API that does not respond.
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
   * A call is an adapter's work in Kubernetes for one event. It fails with no response, 429 or 5xx, unless the response
   * blames the manifest; missing permissions of an adapter do not count.
   *
   * @param window Time window over which calls are counted; whole seconds.
   * @param minimumCalls Minimum number of calls in the window before the failure rate is evaluated.
   * @param failureRate Percentage of failed calls at which the circuit opens and nothing is sent to Kubernetes.
   * @param open How long the circuit stays open; after that a few calls test whether Kubernetes responds again.
   */
  public record CircuitBreaker(
      @DefaultValue("10s") @DurationMin(seconds = 1) Duration window,
      @DefaultValue("20") @Min(1) int minimumCalls,
      @DefaultValue("80") @Min(1) @Max(100) int failureRate,
      @DefaultValue("5s") @DurationMin(millis = 1) Duration open) {}
}
