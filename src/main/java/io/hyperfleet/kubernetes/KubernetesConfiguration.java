package io.hyperfleet.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The Kubernetes client of a process, and the one of its watches. Creating them sends nothing: an unreachable cluster
 * is noticed at the first request. For conversions between Kubernetes' model and maps, use the client's serialization.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.ADAPTERS, Role.GITOPS})
class KubernetesConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesConfiguration.class);
  private static final int PROBES = 3;

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient(KubernetesProperties properties, @Qualifier("longIntegers") ObjectMapper mapper) {
    return KubernetesClients.of(properties)
        .withKubernetesSerialization(new KubernetesSerialization(mapper.copy(), true)).build();
  }

  @Bean(destroyMethod = "close", defaultCandidate = false)
  KubernetesClient watchingKubernetesClient(KubernetesProperties properties, KubernetesClient kubernetes) {
    return KubernetesClients.watching(properties).withKubernetesSerialization(kubernetes.getKubernetesSerialization())
        .build();
  }

  /** Camel finds the component by its name and this suffix. */
  @Bean("kubernetes-informer-component")
  KubernetesInformerComponent kubernetesInformerComponent(
      @Qualifier("watchingKubernetesClient") KubernetesClient kubernetes) {
    return new KubernetesInformerComponent(kubernetes);
  }

  /** Shared by all adapters of the process, since they use the same API. */
  @Bean
  CircuitBreaker kubernetesCircuit(KubernetesProperties properties) {
    var limits = properties.circuitBreaker();
    var circuit = CircuitBreaker.of("kubernetes", CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) limits.window().toSeconds())
        .minimumNumberOfCalls(limits.minimumCalls())
        .failureRateThreshold(limits.failureRate())
        .waitDurationInOpenState(limits.open())
        .permittedNumberOfCallsInHalfOpenState(PROBES)
        .recordException(KubernetesErrors::passing)
        .build());
    circuit.getEventPublisher().onStateTransition(
        event -> LOG.warn("The circuit breaker for the Kubernetes API is now {}",
            event.getStateTransition().getToState()));
    return circuit;
  }

  @Bean
  KubernetesCheck kubernetesCheck(KubernetesClient kubernetes) {
    return new KubernetesCheck(kubernetes);
  }
}
