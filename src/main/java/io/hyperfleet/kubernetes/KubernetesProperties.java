package io.hyperfleet.kubernetes;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Kubernetes API that adapters act on. Which one it is comes from where Kubernetes' own clients read it: KUBECONFIG,
 * ~/.kube/config, or the service account of the pod.
 *
 * @param kubeconfig File to use instead of those places.
 * @param connectionTimeout How long connecting may take.
 * @param requestTimeout How long one request may take.
 * @param retries How often a request that got no answer, or 429 or 5xx, is sent again, with growing pauses.
 * @param maxConcurrentRequests Requests at once; adapters handle events in parallel.
 */
@Validated
@ConfigurationProperties("hyperfleet.kubernetes")
public record KubernetesProperties(
    @DefaultValue("") String kubeconfig,
    @DefaultValue("3s") Duration connectionTimeout,
    @DefaultValue("10s") Duration requestTimeout,
    @DefaultValue("1") @Min(0) int retries,
    @DefaultValue("64") @Min(1) int maxConcurrentRequests) {}
