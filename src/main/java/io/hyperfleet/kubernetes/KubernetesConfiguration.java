package io.hyperfleet.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.File;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The one Kubernetes client of a process. Making it sends nothing: a cluster that is away shows at the first request. Whoever
 * needs Kubernetes' model as maps, or maps as the model, takes the client's serialization.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.ADAPTERS, Role.GITOPS})
class KubernetesConfiguration {

  /** By which the API server's audit log knows it; also the field manager of what is created without one. */
  private static final String USER_AGENT = "hyperfleet/1";

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient(KubernetesProperties properties, @Qualifier("longIntegers") ObjectMapper mapper) {
    var base = properties.kubeconfig().isBlank()
        ? Config.autoConfigure(null)
        : Config.fromKubeconfig(new File(properties.kubeconfig()));
    var config = new ConfigBuilder(base)
        .withUserAgent(USER_AGENT)
        .withConnectionTimeout((int) properties.connectionTimeout().toMillis())
        .withRequestTimeout((int) properties.requestTimeout().toMillis())
        .withRequestRetryBackoffLimit(properties.retries())
        .withMaxConcurrentRequests(properties.maxConcurrentRequests())
        .withMaxConcurrentRequestsPerHost(properties.maxConcurrentRequests())
        .build();
    return new KubernetesClientBuilder().withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(mapper.copy(), true)).build();
  }

  /** Camel finds the component by its name and this suffix. */
  @Bean("kubernetes-informer-component")
  KubernetesInformerComponent kubernetesInformerComponent(KubernetesClient kubernetes) {
    return new KubernetesInformerComponent(kubernetes);
  }

  @Bean
  KubernetesErrors kubernetesErrors() {
    return new KubernetesErrors();
  }

  @Bean
  KubernetesCheck kubernetesCheck(KubernetesClient kubernetes) {
    return new KubernetesCheck(kubernetes);
  }
}
